/**
 * What the viewer reads: MLflow's trace JSON, seen as tolerantly as possible. Every field may be missing or of another
 * shape; the model never throws at it. A `Trace` of the playground's contract fits as it is.
 */

/** One span as MLflow writes it. Nanoseconds are decimal strings (exact) or numbers; attribute values JSON text or decoded. */
export interface SpanJson {
  readonly trace_id?: unknown;
  readonly span_id?: unknown;
  readonly parent_span_id?: unknown;
  readonly name?: unknown;
  readonly start_time_unix_nano?: unknown;
  readonly end_time_unix_nano?: unknown;
  readonly status?: unknown;
  readonly attributes?: unknown;
  readonly events?: unknown;
  readonly links?: unknown;
}

/** One trace: its information and its spans. */
export interface TraceJson {
  readonly info?: unknown;
  readonly data?: { readonly spans?: readonly SpanJson[] };
}

/** A span seen while the program still runs. The last entry for a span id wins, so start and end events can be passed as they come. */
export interface LiveSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly spanType: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string | null;
  readonly status: "UNSET" | "OK" | "ERROR";
}

/** Attribute and metadata keys that the viewer gives a meaning. */
export const KEYS = {
  inputs: "mlflow.spanInputs",
  outputs: "mlflow.spanOutputs",
  spanType: "mlflow.spanType",
  tokenUsage: "mlflow.chat.tokenUsage",
  cost: "mlflow.llm.cost",
  model: "mlflow.llm.model",
  traceTokenUsage: "mlflow.trace.tokenUsage",
  traceCost: "mlflow.trace.cost",
} as const;
