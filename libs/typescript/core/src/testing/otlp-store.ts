import { base64ToHex, hexToBase64 } from "../ids.js";
import { parseJson } from "../json/bigint-json.js";
import { asList, asRecord, asText } from "../json/read.js";

type Json = Record<string, unknown>;

/** An answer of the fake server: a status and a body in JSON, or none. */
export interface OtlpAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const MAX_INT64 = 2n ** 63n - 1n;
const USAGE_KEYS = ["input_tokens", "output_tokens", "total_tokens"];

/** Spans that came by OTLP/JSON, with the checks and the quirks of MLflow 3.17: one bad span makes it refuse all. */
export class OtlpStore {
  /** Spans as they came, by span id, by MLflow's trace id. */
  readonly traces = new Map<string, Map<string, Json>>();

  take(body: string, experimentId: string | null): OtlpAnswer {
    if (experimentId === null) return { status: 422, body: { detail: [{ type: "missing" }] } };
    let spans: Json[];
    try {
      spans = readSpans(JSON.parse(body));
    } catch {
      return { status: 400, body: { detail: "Invalid OpenTelemetry format" } };
    }
    if (spans.length === 0) return { status: 400, body: { detail: "Invalid OpenTelemetry format - no spans found" } };
    const refusal = spans.map(refuse).find((answer) => answer !== undefined);
    if (refusal) return refusal;
    for (const span of spans) this.#put(span);
    return { status: 200 };
  }

  /** The spans as `traces/get` gives them back. */
  stored(traceId: string): Json[] {
    return [...(this.traces.get(traceId)?.values() ?? [])].map(toProto);
  }

  #put(span: Json): void {
    const id = `tr-${String(span.traceId)}`;
    const spans = this.traces.get(id) ?? new Map<string, Json>();
    spans.set(String(span.spanId), span);
    this.traces.set(id, spans);
  }
}

function readSpans(json: unknown): Json[] {
  const resources = asList(asRecord(json).resourceSpans);
  const scopes = resources.flatMap((resource) => asList(asRecord(resource).scopeSpans));
  return scopes.flatMap((scope) => asList(asRecord(scope).spans)).map(asRecord);
}

function refuse(span: Json): OtlpAnswer | undefined {
  const malformed = { status: 400, body: { detail: "Invalid OpenTelemetry format" } };
  const hasIds = /^[\da-f]{32}$/.test(String(span.traceId)) && /^[\da-f]{16}$/.test(String(span.spanId));
  if (!hasIds || !/^([\da-f]{16})?$/.test(String(span.parentSpanId))) return malformed;
  const times = [span.startTimeUnixNano, span.endTimeUnixNano];
  if (!times.every((time) => typeof time === "string" && /^\d+$/.test(time) && BigInt(time) <= MAX_INT64))
    return malformed;
  if (/\\ud[89a-f]/i.test(JSON.stringify(span).replaceAll("\\\\", ""))) return malformed;
  const attributes = decodeAttributes(span.attributes);
  if (String(attributes["session.id"] ?? "").length > 250) {
    return { status: 400, body: { error_code: "INVALID_PARAMETER_VALUE", message: "'Session ID' exceeds 250" } };
  }
  const usage = asRecord(attributes["mlflow.chat.tokenUsage"]);
  const isBad = USAGE_KEYS.some((key) => key in usage && !Number.isInteger(usage[key]));
  return isBad ? { status: 422, body: { detail: "Failed to log OpenTelemetry spans" } } : undefined;
}

function toProto(span: Json): Json {
  return {
    trace_id: hexToBase64(String(span.traceId), 32),
    span_id: hexToBase64(String(span.spanId), 16),
    parent_span_id: span.parentSpanId ? hexToBase64(String(span.parentSpanId), 16) : undefined,
    name: span.name,
    start_time_unix_nano: BigInt(String(span.startTimeUnixNano)),
    end_time_unix_nano: BigInt(String(span.endTimeUnixNano)),
    status: {
      code: ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"][Number(asRecord(span.status).code)],
      message: asRecord(span.status).message,
    },
    attributes: Object.entries(decodeAttributes(span.attributes)).map(([key, value]) => ({
      key,
      value: encode(value),
    })),
    events: asList(span.events).map((event) => {
      const { name, timeUnixNano, attributes } = asRecord(event);
      return { name, time_unix_nano: BigInt(String(timeUnixNano)), attributes: asList(attributes).map(renameValue) };
    }),
    links: asList(span.links)
      .map(asRecord)
      .filter(hasBase64Ids)
      .map(({ traceId, spanId, attributes }) => {
        return { trace_id: traceId, span_id: spanId, attributes: asList(attributes).map(renameValue) };
      }),
  };
}

/** The server reads ids of links as base64; hex does not have the right length then. */
function hasBase64Ids({ traceId, spanId }: Json): boolean {
  return base64ToHex(String(traceId)).length === 32 && base64ToHex(String(spanId)).length === 16;
}

/** Attributes as the server has them: strings that are JSON objects, arrays or quoted strings are decoded. */
function decodeAttributes(list: unknown): Json {
  const entries = asList(list).map((item) => [
    asText(asRecord(item).key) ?? "",
    decode(asRecord(asRecord(item).value)),
  ]);
  return Object.fromEntries(entries);
}

function decode(value: Json): unknown {
  if ("intValue" in value) return BigInt(String(value.intValue));
  if ("doubleValue" in value) return Number(value.doubleValue);
  if ("boolValue" in value) return value.boolValue;
  const text = asText(value.stringValue);
  if (text === undefined) return null;
  if (!/^["{[]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function encode(value: unknown): Json | undefined {
  if (value === null) return undefined;
  if (typeof value === "string") return { string_value: value };
  if (typeof value === "boolean") return { bool_value: value };
  if (typeof value === "bigint" || Number.isInteger(value)) return { int_value: value };
  if (typeof value === "number") return { double_value: value };
  if (Array.isArray(value)) return { array_value: { values: value.map((item) => encode(item) ?? {}) } };
  const values = Object.entries(asRecord(value)).map(([key, item]) => ({ key, value: encode(item) }));
  return { kvlist_value: { values } };
}

/** `stringValue` and the like in snake case. */
function renameValue(item: unknown): Json {
  const { key, value } = asRecord(item);
  const [kind, content] = Object.entries(asRecord(value))[0] ?? [];
  if (kind === undefined) return { key };
  const name = kind.replace("Value", "_value");
  if (name !== "array_value")
    return { key, value: { [name]: name === "int_value" ? BigInt(String(content)) : content } };
  const values = asList(asRecord(content).values).map((entry) => renameValue({ value: entry }).value);
  return { key, value: { array_value: { values } } };
}
