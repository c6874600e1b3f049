import { normalizeId } from "./ids";
import { asArray, asRecord, asText, decodeValue, isRecord } from "./json-value";
import { readNanoseconds } from "./nanoseconds";
import { KEYS, type LiveSpan, type SpanJson } from "./trace-json";

export type SpanStatus = "UNSET" | "OK" | "ERROR";

/** A span with its identity, time and status read; everything else stays in `json` until somebody asks. */
export interface SpanRecord {
  /** Groups the spans of one trace; the parent is looked up inside it. */
  readonly traceKey: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly name: string;
  readonly type: string;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  /** Seen live only: the recorded span has not arrived. */
  readonly live: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly json: SpanJson;
}

/** Reads one span of a recorded trace. */
export function readSpan(value: unknown, traceKey: string): SpanRecord {
  const json: SpanJson = asRecord(value);
  const attributes = asRecord(json.attributes);
  const status = readStatus(json.status);
  return {
    traceKey,
    spanId: normalizeId(json.span_id),
    parentId: normalizeId(json.parent_span_id),
    name: asText(json.name) || "(no name)",
    type: readType(decodeValue(attributes[KEYS.spanType])),
    status,
    statusMessage: asText(asRecord(json.status).message) || (status === "ERROR" ? exceptionMessage(json.events) : ""),
    startNs: readNanoseconds(json.start_time_unix_nano),
    endNs: readNanoseconds(json.end_time_unix_nano),
    live: false,
    attributes,
    json,
  };
}

/** Reads a span that is still (or was just) running. */
export function readLiveSpan(value: unknown): SpanRecord {
  const span: Partial<Record<keyof LiveSpan, unknown>> = asRecord(value);
  const json: SpanJson = {
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentId,
    name: span.name,
    start_time_unix_nano: span.startTimeUnixNano,
    end_time_unix_nano: span.endTimeUnixNano,
    status: { code: span.status },
    attributes: { [KEYS.spanType]: span.spanType },
  };
  return { ...readSpan(json, normalizeId(span.traceId)), live: true };
}

/** `STATUS_CODE_ERROR`, `ERROR` and OTLP's number 2 all mean the same. */
function readStatus(value: unknown): SpanStatus {
  const code = isRecord(value) ? value.code : value;
  const name = asText(code).replace(/^STATUS_CODE_/, "");
  if (name === "ERROR" || name === "2") return "ERROR";
  return name === "OK" || name === "1" ? "OK" : "UNSET";
}

function readType(value: unknown): string {
  const type = asText(value).trim();
  return type || "UNKNOWN";
}

function exceptionMessage(events: unknown): string {
  const exception = asArray(events)
    .map(asRecord)
    .findLast((event) => event.name === "exception");
  return asText(decodeValue(asRecord(exception?.attributes)["exception.message"]));
}
