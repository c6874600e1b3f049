import { useMemo, useState } from "react";
import { SpanDetails } from "./details/SpanDetails";
import { type InitialSelection, initiallySelected } from "./initial-selection";
import { buildTraceModel, type TraceModel } from "./model/build-trace-model";
import type { SpanNode } from "./model/span-node";
import type { LiveSpan, TraceJson } from "./model/trace-json";
import { TraceSummary } from "./summary/TraceSummary";
import { TraceTree } from "./tree/TraceTree";

export interface TraceViewerProps {
  /** The traces of one run, in MLflow's JSON form; kept by reference, so pass the same array while nothing changes. */
  readonly traces: readonly TraceJson[];
  /** Spans that have started while the run goes on. */
  readonly live?: readonly LiveSpan[];
  /** Tells this viewer from others on the page: the tree is then named `Trace: <label>`. */
  readonly label?: string;
  readonly initialSelection?: InitialSelection;
  /** Called when the reader selects a span. */
  readonly onSelect?: (node: SpanNode) => void;
  /** Shown while there is no span. */
  readonly emptyMessage?: string;
}

const NO_SPANS: readonly LiveSpan[] = [];

/**
 * A run as totals, a tree with its waterfall, and the details of the selected span. Renders on the server as it does in the
 * browser; all spans are open at first.
 *
 * @example <TraceViewer traces={[trace]} initialSelection="first-error" />
 */
export function TraceViewer(props: TraceViewerProps) {
  const { traces, live = NO_SPANS, initialSelection = "auto", label, onSelect } = props;
  const model = useMemo(() => buildTraceModel(traces, live), [traces, live]);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const selected = useMemo(
    () => selectedNode(model, chosenKey, initialSelection),
    [model, chosenKey, initialSelection],
  );
  if (model.nodes.length === 0)
    return <p className="tv tv-empty">{props.emptyMessage ?? "No spans yet. Run the code to see its trace."}</p>;

  const select = (node: SpanNode) => {
    setChosenKey(node.key);
    onSelect?.(node);
  };
  return (
    <div className="tv">
      <TraceSummary model={model} />
      <TraceTree model={model} label={named("Trace", label)} selected={selected} onSelect={select} />
      {selected ? (
        <SpanDetails key={selected.key} node={selected} nodes={model.nodes} label={named("Span details", label)} />
      ) : (
        <p className="tv-hint">Select a span to see its inputs, outputs and attributes.</p>
      )}
    </div>
  );
}

/** The reader's choice, as long as that span is there. */
function selectedNode(model: TraceModel, chosenKey: string | null, initial: InitialSelection): SpanNode | null {
  const chosen = chosenKey === null ? undefined : model.nodes.find((node) => node.key === chosenKey);
  return chosen ?? initiallySelected(model, initial);
}

function named(what: string, label: string | undefined): string {
  return label ? `${what}: ${label}` : what;
}
