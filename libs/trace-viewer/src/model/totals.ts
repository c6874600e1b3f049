import type { TraceFacts } from "./collect-spans";
import type { SpanNode } from "./span-node";
import { addCost, addUsage, type TokenUsage } from "./usage";

export interface TraceTotals {
  readonly spanCount: number;
  readonly traceCount: number;
  /** Wall-clock milliseconds from the first start to the last end. */
  readonly durationMs: number;
  readonly usage: TokenUsage | null;
  /** US dollars; `null` when no cost is known. */
  readonly cost: number | null;
  /** Errors where they arose: failed spans with no failed span directly below them. */
  readonly errorCount: number;
  /** Spans that have no end yet. */
  readonly openCount: number;
}

/** Adds up a run. A parent that reports tokens already counts its children's; a trace that reports them counts all its spans'. */
export function computeTotals(
  nodes: readonly SpanNode[],
  traces: ReadonlyMap<string, TraceFacts>,
  durationMs: number,
): TraceTotals {
  const facts = [...traces.values()];
  return {
    spanCount: nodes.length,
    traceCount: traces.size,
    durationMs,
    usage: total(
      nodes,
      facts.map((fact) => fact.usage),
      (node) => countedIn(traces, node, "usage"),
      (node) => node.usage,
      addUsage,
    ),
    cost: total(
      nodes,
      facts.map((fact) => fact.cost),
      (node) => countedIn(traces, node, "cost"),
      (node) => node.cost,
      addCost,
    ),
    errorCount: errorOrigins(nodes).length,
    openCount: nodes.filter((node) => node.endMs === null).length,
  };
}

/** An error usually travels up to the root and fails every span on its way; the origin has no failed child. */
export function errorOrigins(nodes: readonly SpanNode[]): SpanNode[] {
  const failed = nodes.filter((node) => node.status === "ERROR");
  const parents = new Set(failed.map((node) => node.parent));
  return failed.filter((node) => !parents.has(node.index));
}

function countedIn(traces: ReadonlyMap<string, TraceFacts>, node: SpanNode, fact: keyof TraceFacts): boolean {
  return (traces.get(node.traceId)?.[fact] ?? null) !== null;
}

function total<T>(
  nodes: readonly SpanNode[],
  ofTraces: readonly (T | null)[],
  counted: (node: SpanNode) => boolean,
  ofNode: (node: SpanNode) => T | null,
  add: (a: T | null, b: T | null) => T | null,
): T | null {
  let sum = ofTraces.reduce<T | null>(add, null);
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    const value = node && !counted(node) ? ofNode(node) : null;
    if (!node || value === null) continue;
    sum = add(sum, value);
    index += node.subtreeSize - 1;
  }
  return sum;
}
