import type { Trace } from "./contract";

/** What must not change unnoticed between two runs of the same program: no ids, no times, no payloads. */
export interface SpanShape {
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly usage?: unknown;
  readonly children: readonly SpanShape[];
}

export interface TraceShape {
  readonly state: string | undefined;
  readonly usage?: unknown;
  readonly roots: readonly SpanShape[];
}

type TraceSpan = Trace["data"]["spans"][number];

/**
 * The shape of a trace: names, types, parents, statuses and token usage. Siblings that run at the same time may start in
 * either order, so they are sorted.
 */
export function traceShape(trace: Trace): TraceShape {
  const { spans } = trace.data;
  const ids = new Set(spans.map((span) => span.span_id));
  const childrenOf = (parent: string | null) =>
    spans.filter((span) => (ids.has(span.parent_span_id ?? "") ? span.parent_span_id : null) === parent);
  const shape = (span: TraceSpan): SpanShape => ({
    name: span.name,
    type: String(decodeAttribute(span.attributes["mlflow.spanType"]) ?? "UNKNOWN"),
    status: span.status.code,
    ...usageOf(decodeAttribute(span.attributes["mlflow.chat.tokenUsage"])),
    children: sorted(childrenOf(span.span_id).map(shape)),
  });
  return {
    state: trace.info.state,
    ...usageOf(decodeAttribute(trace.info.trace_metadata?.["mlflow.trace.tokenUsage"])),
    roots: sorted(childrenOf(null).map(shape)),
  };
}

/** The shapes of several traces, in an order that does not depend on which finished first. */
export function traceShapes(traces: readonly Trace[]): TraceShape[] {
  return sorted(traces.map(traceShape));
}

function usageOf(usage: unknown): { usage?: unknown } {
  return usage === undefined ? {} : { usage };
}

/** The value of an attribute: MLflow keeps each as a JSON text. What is none stays as it is. */
export function decodeAttribute(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function sorted<T>(shapes: readonly T[]): T[] {
  const key = (shape: T) => JSON.stringify(shape);
  return [...shapes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
