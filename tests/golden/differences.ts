import type { GoldenShape, GoldenSpan } from "./shape";

interface Reason {
  readonly what: string;
  readonly why: string;
  /** The cases in which it must show; a difference that has gone away makes the test fail. */
  readonly cases: readonly string[];
}

/** One intended difference between what the Python library records and what our SDK records. */
export type Difference = Reason &
  (
    | {
        /** Turns the Python shape into what is expected of ours. */
        readonly apply: (python: GoldenShape) => GoldenShape;
      }
    | {
        /** The same for all traces of a case, where ours has traces that Python has not. */
        readonly applyToAll: (python: readonly GoldenShape[]) => readonly GoldenShape[];
      }
  );

export function applyDifference(difference: Difference, shapes: readonly GoldenShape[]): readonly GoldenShape[] {
  return "apply" in difference ? shapes.map(difference.apply) : difference.applyToAll(shapes);
}

export const onSpans = (change: (span: GoldenSpan) => GoldenSpan) => (shape: GoldenShape) => ({
  ...shape,
  spans: shape.spans.map(change),
});

export const onTrace =
  (change: (trace: GoldenShape["trace"]) => Partial<GoldenShape["trace"]>) => (shape: GoldenShape) => ({
    ...shape,
    trace: { ...shape.trace, ...change(shape.trace) },
  });

export const without = (record: Record<string, unknown>, ...keys: string[]) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
