import { useMemo } from "react";
import { formatDuration } from "../format/duration";
import { formatCost } from "../format/number";
import { findToolCaller, type ToolCaller } from "../messages/tool-caller";
import { asText } from "../model/json-value";
import type { SpanNode } from "../model/span-node";
import { KEYS } from "../model/trace-json";
import { statusWord } from "../tree/row-label";

/** What is known of a span in short: status, times, model, cost. */
export function SpanFacts({ node, nodes }: { readonly node: SpanNode; readonly nodes: readonly SpanNode[] }) {
  const caller = useMemo(() => findToolCaller(nodes, node), [nodes, node]);
  return (
    <dl className="tv-facts">
      {factsOf(node, caller).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={name === "status" ? `tv-status-${node.status.toLowerCase()}` : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(node: SpanNode, caller: ToolCaller | null): readonly (readonly [string, string])[] {
  const hasChildren = node.subtreeSize > 1;
  const model = asText(node.attributes[KEYS.model]);
  const facts: (readonly [string, string] | false)[] = [
    ["status", statusWord(node)],
    node.durationMs !== null && ["duration", formatDuration(node.durationMs)],
    hasChildren && node.selfMs !== null && ["own time", formatDuration(node.selfMs)],
    ["starts at", formatDuration(node.startMs)],
    node.endMs !== null &&
      node.endMs < node.startMs && ["ends before its start by", formatDuration(node.startMs - node.endMs)],
    caller !== null && ["called by", [caller.node.name, caller.callId].filter(Boolean).join(" · ")],
    model !== "" && ["model", model],
    node.cost !== null && ["cost", formatCost(node.cost)],
  ];
  return facts.filter((fact) => fact !== false);
}
