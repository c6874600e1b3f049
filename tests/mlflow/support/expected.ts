import { type Exact, exact, mapValues } from "./exact";
import type { InfoRecord, SpanRecord, TraceRecord } from "./record";
import type { SpanSpec, TraceSpec, WrittenTrace } from "./trace-spec";

/** How a trace reached the server: spans by OTLP, or all in one `traces.json`. */
export type Style = "otlp" | "traces.json";

/** What MLflow makes of a trace besides what was written. */
export interface Derived {
  readonly requestPreview: string | null;
  readonly responsePreview: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tokenUsage?: Exact;
  readonly cost?: Exact;
  /** Attributes of spans, by their place. */
  readonly attributes?: Readonly<Record<number, Record<string, unknown>>>;
}

const MS = 1_000_000n;
const INFORMATIVE = ["LLM", "CHAT_MODEL", "TOOL", "RETRIEVER", "AGENT", "EMBEDDING"];

/** The trace that has to be read back. */
export function expectedTrace(
  spec: TraceSpec,
  derived: Derived,
  written: WrittenTrace,
  { experimentId, style }: { experimentId: string; style: Style },
): TraceRecord {
  const spans = spec.spans.map((span, at) => expectedSpan(span, derived.attributes?.[at] ?? {}, at, written));
  return {
    info: expectedInfo(spec, derived, written.traceId, experimentId, style),
    spans: Object.fromEntries(spans.map((span) => [span.spanId, span])),
  };
}

function expectedInfo(
  spec: TraceSpec,
  derived: Derived,
  traceId: string,
  experimentId: string,
  style: Style,
): InfoRecord {
  const [root] = spec.spans;
  if (!root) throw new Error("A trace needs a span.");
  const json = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));
  return {
    traceId,
    experimentId,
    clientRequestId: spec.clientRequestId ?? null,
    requestTimeMs: Number(root.startNs / MS),
    durationMs: Number(root.endNs / MS - root.startNs / MS),
    state: root.status?.[0] === "ERROR" ? "ERROR" : "OK",
    requestPreview: spec.requestPreview ?? derived.requestPreview,
    responsePreview: spec.responsePreview ?? derived.responsePreview,
    tags: {
      "mlflow.traceName": root.name,
      "mlflow.artifactLocation": `mlflow-artifacts:/${experimentId}/traces/${traceId}/artifacts`,
      ...(style === "otlp" && { "mlflow.trace.spansLocation": "TRACKING_STORE" }),
      ...spec.tags,
    },
    metadata: {
      "mlflow.trace_schema.version": "3",
      "mlflow.traceInputs": json(root.inputs),
      "mlflow.traceOutputs": json(root.outputs),
      "mlflow.trace.infoFinalized": "true",
      ...spec.metadata,
      ...derived.metadata,
    },
    tokenUsage: derived.tokenUsage ?? null,
    cost: derived.cost ?? null,
    assessments: [],
  };
}

function expectedSpan(spec: SpanSpec, derived: Record<string, unknown>, at: number, written: WrittenTrace): SpanRecord {
  const { traceId, spanIds } = written;
  const [code = "OK", message = ""] = spec.status ?? [];
  const level = code === "ERROR" ? 40 : INFORMATIVE.includes(spec.type) ? 20 : 10;
  const attributes = {
    "mlflow.traceRequestId": traceId,
    "mlflow.spanType": spec.type,
    "mlflow.spanLogLevel": level,
    ...(spec.inputs !== undefined && { "mlflow.spanInputs": spec.inputs }),
    ...(spec.outputs !== undefined && { "mlflow.spanOutputs": spec.outputs }),
    ...spec.attributes,
    ...derived,
  };
  return {
    traceId,
    spanId: spanIds[at] ?? "",
    parentId: spec.parent === undefined ? null : (spanIds[spec.parent] ?? ""),
    name: spec.name,
    type: spec.type,
    startNs: spec.startNs,
    endNs: spec.endNs,
    status: code,
    message,
    inputs: exact(spec.inputs ?? null),
    outputs: exact(spec.outputs ?? null),
    attributes: mapValues(attributes, exact),
    events: (spec.events ?? []).map(([name, time, values]) => [name, time, exact(values)]),
    links: (spec.links ?? []).map(([trace, span, values]) => [trace, span, exact(values)]),
  };
}
