import { SPAN_TOKEN_USAGE } from "../attribute-keys.js";
import { CostKey, SpanAttributeKey, TraceMetadataKey } from "../constants.js";
import { guarded } from "../diagnostics.js";
import { LiveSpan } from "../entities/live-span.js";
import type { Span } from "../entities/span.js";
import { readTokenUsage } from "../entities/token-usage.js";
import type { Trace } from "../entities/trace.js";
import { asNumber, asRecord } from "../json/read.js";
import { hasAncestorIn } from "../telemetry/ancestors.js";
import { calculateCostByModelAndTokenUsage, type ModelCost } from "./calculate-cost.js";

/**
 * Sets `mlflow.llm.cost` on the spans that have a model and token usage and no cost yet, also on ended ones, and sums the cost
 * of all spans that have one and no ancestor that does. Never throws.
 *
 * @param spans all spans of one trace
 * @returns US dollars; `null` when no span has a cost
 */
export function addCosts(spans: readonly Span[]): ModelCost | null {
  return guarded("Failed to calculate the cost of a trace", () => sumCosts(spans), null);
}

/**
 * {@link addCosts} for a whole trace, whose metadata `mlflow.trace.cost` gets the sum unless it is set already. Call it when
 * the trace is finished and before it is sent.
 */
export function addTraceCost({ info, data }: Trace): void {
  const cost = addCosts(data.spans);
  if (cost) info.traceMetadata[TraceMetadataKey.COST] ??= JSON.stringify(cost);
}

function sumCosts(spans: readonly Span[]): ModelCost | null {
  const costs = new Map<string, ModelCost>();
  const parents = new Map<string, string | null>();
  for (const span of spans) {
    parents.set(span.spanId, span.parentId);
    const cost = costOf(span);
    if (cost) costs.set(span.spanId, cost);
  }
  let total: ModelCost | null = null;
  for (const [spanId, cost] of costs) {
    if (!hasAncestorIn(costs, parents, spanId)) total = total ? add(total, cost) : cost;
  }
  return total;
}

/** The cost that somebody gave the span, which may be a deliberate `null`, else the calculated one, which it is given. */
function costOf(span: Span): ModelCost | undefined {
  const given = span.getAttribute(SpanAttributeKey.LLM_COST);
  if (given !== undefined) return readCost(given);
  const model = span.getAttribute(SpanAttributeKey.MODEL);
  const usage = readTokenUsage(span.getAttribute(SPAN_TOKEN_USAGE));
  const provider = span.getAttribute(SpanAttributeKey.MODEL_PROVIDER);
  if (typeof model !== "string" || !usage) return undefined;
  const cost = calculateCostByModelAndTokenUsage(model, usage, typeof provider === "string" ? provider : undefined);
  if (cost && span instanceof LiveSpan) setOnEndedSpan(span, cost);
  return cost;
}

function setOnEndedSpan(span: LiveSpan, cost: ModelCost): void {
  const before = span.allowMutatingEndedSpan;
  span.allowMutatingEndedSpan = true;
  span.setAttribute(SpanAttributeKey.LLM_COST, cost);
  span.allowMutatingEndedSpan = before;
}

function readCost(json: unknown): ModelCost | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const record = asRecord(json);
  return {
    input_cost: asNumber(record[CostKey.INPUT_COST]) ?? 0,
    output_cost: asNumber(record[CostKey.OUTPUT_COST]) ?? 0,
    total_cost: asNumber(record[CostKey.TOTAL_COST]) ?? 0,
  };
}

function add(left: ModelCost, right: ModelCost): ModelCost {
  return {
    input_cost: left.input_cost + right.input_cost,
    output_cost: left.output_cost + right.output_cost,
    total_cost: left.total_cost + right.total_cost,
  };
}
