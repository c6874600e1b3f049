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

/** US dollars, as `mlflow.llm.cost` and `mlflow.trace.cost` have them. */
export interface Cost {
  readonly input_cost: number;
  readonly output_cost: number;
  readonly total_cost: number;
}

/** What a call costs, for calls that Python does not record. `rates` are dollars for a million tokens. */
export function callCost(rates: { input: number; output: number }, input: number, output: number): Cost {
  const input_cost = input * (rates.input / 1_000_000);
  const output_cost = output * (rates.output / 1_000_000);
  return { input_cost, output_cost, total_cost: input_cost + output_cost };
}

export function addCosts(costs: readonly Cost[]): Cost {
  return costs.reduce((sum, cost) => ({
    input_cost: sum.input_cost + cost.input_cost,
    output_cost: sum.output_cost + cost.output_cost,
    total_cost: sum.total_cost + cost.total_cost,
  }));
}

/** A trace with other tokens and cost. */
export const withTotals = (usage: unknown, cost: Cost) =>
  onTrace(({ traceMetadata }) => ({
    tokenUsage: usage,
    traceMetadata: { ...traceMetadata, "mlflow.trace.tokenUsage": usage, "mlflow.trace.cost": cost },
  }));

export const without = (record: Record<string, unknown>, ...keys: string[]) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
