import type { Forest } from "./forest";
import type { TimeAxis } from "./time-axis";

/**
 * Milliseconds that each position spent outside its children (their union, cut to the parent's own time).
 * NaN where the span has no end; a child without an end covers the rest of its parent.
 */
export function selfTimes(forest: Forest, axis: TimeAxis): Float64Array {
  const count = forest.order.length;
  const covered = new Float64Array(count);
  const coveredUntil = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  // Children come after their parent and among themselves by start, so one pass suffices to build each union.
  for (let position = 0; position < count; position++) {
    const parent = forest.parent[position] ?? -1;
    if (parent < 0) continue;
    const [parentStart, parentEnd] = interval(parent, forest, axis);
    const [start, end] = interval(position, forest, axis);
    const from = Math.max(start, parentStart, coveredUntil[parent] ?? parentStart);
    const to = Math.min(Number.isNaN(end) ? parentEnd : end, parentEnd);
    if (to > from) covered[parent] = (covered[parent] ?? 0) + (to - from);
    coveredUntil[parent] = Math.max(coveredUntil[parent] ?? from, to);
  }
  return covered.map((ms, position) => {
    const [start, end] = interval(position, forest, axis);
    return Math.max(0, Math.max(0, end - start) - ms);
  });
}

function interval(position: number, forest: Forest, axis: TimeAxis): readonly [number, number] {
  const item = forest.order[position] ?? 0;
  return [axis.startMs[item] ?? 0, axis.endMs[item] ?? Number.NaN];
}
