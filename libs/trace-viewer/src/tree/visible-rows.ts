import type { SpanNode } from "../model/span-node";

/** Indices of the spans that no collapsed ancestor hides, in order: a collapsed subtree is skipped in one step. */
export function visibleRows(nodes: readonly SpanNode[], collapsed: ReadonlySet<string>): Uint32Array {
  const rows = new Uint32Array(nodes.length);
  let count = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node) continue;
    rows[count++] = index;
    if (collapsed.has(node.key)) index += node.subtreeSize - 1;
  }
  return rows.subarray(0, count);
}

/** The row of a span, or of the collapsed ancestor that hides it; −1 when there are no rows. */
export function rowOf(rows: Uint32Array, nodeIndex: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) <= nodeIndex) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
