import type { SpanNode } from "../model/span-node";
import { TypeChip } from "../tree/TypeChip";
import { Exceptions } from "./Exceptions";
import { PayloadSection } from "./PayloadSection";
import { SpanFacts } from "./SpanFacts";
import { SpanRecordSections } from "./SpanRecordSections";
import { UsageTable } from "./UsageTable";

export interface SpanDetailsProps {
  readonly node: SpanNode;
  /** All spans of the run. */
  readonly nodes: readonly SpanNode[];
  readonly label: string;
}

/** Everything that was recorded of one span. */
export function SpanDetails({ node, nodes, label }: SpanDetailsProps) {
  return (
    <section className="tv-details" aria-label={label}>
      <div className="tv-details-head">
        <TypeChip type={node.type} fixed />
        <div className="tv-title">{node.name}</div>
      </div>
      <SpanFacts node={node} nodes={nodes} />
      <Exceptions node={node} />
      <PayloadSection
        title="Inputs"
        payload={node.inputs}
        absent={node.live ? "Shown when the run has ended." : "None recorded."}
      />
      <PayloadSection title="Outputs" payload={node.outputs} absent={absentOutputs(node)} />
      {node.usage && <UsageTable usage={node.usage} />}
      <SpanRecordSections node={node} />
    </section>
  );
}

function absentOutputs(node: SpanNode): string {
  if (node.live) return "Shown when the run has ended.";
  return node.status === "ERROR" ? "None: the span failed." : "None recorded.";
}
