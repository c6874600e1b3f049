import { traceFromJson } from "../entities/trace-from-json.js";
import type { Attachment, FinishedTrace } from "../export/trace-exporter.js";
import { hexToBase64 } from "../ids.js";

/** What a sample trace is made of. */
export interface SampleTrace {
  /** Distinguishes traces; also the end of the trace id. */
  n?: number;
  spans?: number;
  /** Index of the first span that is still open; none by default. */
  openFrom?: number;
  /** Attributes of every span, as values or (`json`) as JSON texts. */
  attributes?: Record<string, unknown>;
  json?: Record<string, string>;
  experimentId?: string;
  isRemote?: boolean;
  attachments?: readonly Attachment[];
  /** Added to each span, in the form of `traces.json`. */
  extra?: Record<string, unknown>;
}

export const START_NS = 1_795_383_859_075_081_230n;

/** MLflow's id of the sample trace number `n`. */
export function sampleTraceId(n: number): string {
  return `tr-${n.toString(16).padStart(32, "0")}`;
}

/** A finished trace: a root and children of it, one microsecond apart. For tests. */
export function sampleTrace(options: SampleTrace = {}): FinishedTrace {
  const { n = 1, spans = 1, isRemote = false, attachments = [], experimentId = "1" } = options;
  const info = {
    trace_id: sampleTraceId(n),
    trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: experimentId } },
    request_time: "2026-11-22T12:00:00.000Z",
    execution_duration: "0.500s",
    state: "OK",
    trace_metadata: { "mlflow.trace_schema.version": "3" },
    tags: { "mlflow.traceName": "sample" },
  };
  const data = { spans: Array.from({ length: spans }, (_, at) => sampleSpan(at, options)) };
  return { trace: traceFromJson({ info, data }), isRemote, attachments };
}

function sampleSpan(
  at: number,
  { n = 1, openFrom = Infinity, attributes = {}, json = {}, extra }: SampleTrace,
): unknown {
  const texts = Object.entries(attributes).map(([key, value]) => [key, JSON.stringify(value)]);
  return {
    trace_id: hexToBase64(n.toString(16), 32),
    span_id: hexToBase64((at + 1).toString(16), 16),
    parent_span_id: at === 0 ? "" : hexToBase64("1", 16),
    name: `span ${at}`,
    start_time_unix_nano: START_NS + BigInt(at) * 1_000n,
    end_time_unix_nano: at >= openFrom ? null : START_NS + 500_000_000n + BigInt(at),
    status: { code: "STATUS_CODE_OK", message: "" },
    attributes: {
      "mlflow.traceRequestId": JSON.stringify(sampleTraceId(n)),
      "mlflow.spanType": '"TOOL"',
      ...Object.fromEntries(texts),
      ...json,
    },
    ...extra,
  };
}
