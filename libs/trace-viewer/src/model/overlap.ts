import type { SpanNode } from "./span-node";

/** The largest number of siblings that ran at the same time; `type` when they are all of one. */
export interface Overlap {
  readonly count: number;
  readonly type: string | null;
}

/** Looks at roots together and at the children of each span; `null` when nothing overlaps. Touching ends do not count. */
export function findOverlap(nodes: readonly SpanNode[]): Overlap | null {
  let best: Overlap | null = null;
  for (const siblings of groupSiblings(nodes).values()) {
    if (siblings.length <= (best?.count ?? 1)) continue;
    const found = largestOverlap(siblings);
    if (found.length > (best?.count ?? 1)) best = { count: found.length, type: commonType(found) };
  }
  return best;
}

function groupSiblings(nodes: readonly SpanNode[]): Map<number, SpanNode[]> {
  const groups = new Map<number, SpanNode[]>();
  for (const node of nodes) {
    const siblings = groups.get(node.parent);
    if (siblings) siblings.push(node);
    else groups.set(node.parent, [node]);
  }
  return groups;
}

/** Siblings are sorted by start; those still open when the next one starts overlap with it. */
function largestOverlap(siblings: readonly SpanNode[]): readonly SpanNode[] {
  let open: SpanNode[] = [];
  let best: readonly SpanNode[] = [];
  for (const node of siblings) {
    open = open.filter((other) => endOf(other) > node.startMs);
    open.push(node);
    if (open.length > best.length) best = open.slice();
  }
  return best;
}

function endOf(node: SpanNode): number {
  return node.endMs ?? Number.POSITIVE_INFINITY;
}

function commonType(nodes: readonly SpanNode[]): string | null {
  const type = nodes[0]?.type ?? null;
  return nodes.every((node) => node.type === type) ? type : null;
}
