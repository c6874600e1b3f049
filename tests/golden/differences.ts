import type { GoldenShape, GoldenSpan } from "./shape";

/** One intended difference between what the Python library records and what our SDK records. */
export interface Difference {
  readonly what: string;
  readonly why: string;
  /** The cases in which it must show; a difference that has gone away makes the test fail. */
  readonly cases: readonly string[];
  /** Turns the Python shape into what is expected of ours. */
  readonly apply: (python: GoldenShape) => GoldenShape;
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
