import { formatDuration } from "../format/duration";
import { formatCount, plural } from "../format/number";
import { toJsonText } from "../model/json-value";
import type { SpanNode } from "../model/span-node";
import { KEYS } from "../model/trace-json";
import { CopyButton } from "./CopyButton";
import { FoldedText } from "./FoldedText";
import { LazyDetails } from "./LazyDetails";
import { Value } from "./MessagePartView";

const SHOWN_ABOVE: ReadonlySet<string> = new Set([KEYS.inputs, KEYS.outputs]);

/** The rest of the record, folded: attributes, events, links, and the span as it was written. */
export function SpanRecordSections({ node }: { readonly node: SpanNode }) {
  const attributes = Object.entries(node.attributes).filter(([key]) => !SHOWN_ABOVE.has(key));
  const { events, links } = node;
  return (
    <div className="tv-record">
      {attributes.length > 0 && (
        <LazyDetails summary={`${attributes.length} ${plural(attributes.length, "attribute")}`}>
          {() => <Attributes entries={attributes} />}
        </LazyDetails>
      )}
      {events.length > 0 && (
        <LazyDetails summary={`${formatCount(events.length)} ${plural(events.length, "event")}`}>
          {() => <Events node={node} />}
        </LazyDetails>
      )}
      {links.length > 0 && (
        <LazyDetails summary={`${links.length} ${plural(links.length, "link")}`}>
          {() => <Value value={links} />}
        </LazyDetails>
      )}
      <LazyDetails summary="Span as JSON">{() => <RawJson node={node} />}</LazyDetails>
    </div>
  );
}

function Attributes({ entries }: { readonly entries: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className="tv-attributes">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Events({ node }: { readonly node: SpanNode }) {
  return (
    <ol className="tv-events">
      {node.events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events of a span have no other identity
        <li key={index}>
          <b>{event.name}</b> {event.timeMs !== null && <span>at {formatDuration(event.timeMs)}</span>}
          <Attributes entries={Object.entries(event.attributes)} />
        </li>
      ))}
    </ol>
  );
}

function RawJson({ node }: { readonly node: SpanNode }) {
  const text = toJsonText(node.json, 2);
  return (
    <div className="tv-raw">
      <CopyButton what="span as JSON" text={() => text} />
      <FoldedText text={text} className="tv-code tv-raw-text" />
    </div>
  );
}
