import { asText } from "../model/json-value";
import type { SpanEvent, SpanNode } from "../model/span-node";
import { FoldedText } from "./FoldedText";

/** Why a span failed: its status message and every exception it recorded. */
export function Exceptions({ node }: { readonly node: SpanNode }) {
  const exceptions = node.events.filter((event) => event.name === "exception");
  const messages = exceptions.map((event) => attribute(event, "message"));
  const said = messages.some((message) => message !== "" && node.statusMessage.includes(message));
  const showStatus = node.status === "ERROR" && node.statusMessage !== "" && !said;
  if (!showStatus && exceptions.length === 0) return null;
  return (
    <div className="tv-exceptions">
      {showStatus && <FoldedText text={node.statusMessage} />}
      {exceptions.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events of a span have no other identity
        <Exception key={index} event={event} />
      ))}
    </div>
  );
}

function Exception({ event }: { readonly event: SpanEvent }) {
  const stack = attribute(event, "stacktrace");
  return (
    <div className="tv-exception">
      <b>{attribute(event, "type") || "Exception"}</b>
      <FoldedText text={attribute(event, "message") || "(no message)"} />
      {stack && (
        <details className="tv-fold">
          <summary>Stack</summary>
          <FoldedText text={stack} className="tv-code" />
        </details>
      )}
    </div>
  );
}

function attribute(event: SpanEvent, name: string): string {
  return asText(event.attributes[`exception.${name}`]);
}
