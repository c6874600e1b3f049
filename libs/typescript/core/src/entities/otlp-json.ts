import { base64ToHex, toMlflowTraceId } from "../ids.js";
import { asBigInt, asList, asNumber, asRecord, asText } from "../json/read.js";
import { exactJson, type JsonValue } from "./json-value.js";
import { spanFromJson } from "./span-from-json.js";
import { TraceData } from "./trace-data.js";

/**
 * Spans as the server gives them back from its own store: OTLP's protobuf in JSON, with snake case names, base64 ids and
 * typed values.
 */
export function traceDataFromOtlpJson(spans: unknown): TraceData {
  return new TraceData(asList(spans).map((span) => spanFromJson(toTracesJson(asRecord(span)))));
}

/** The same span in the form of `traces.json`. */
function toTracesJson(span: Record<string, unknown>): Record<string, unknown> {
  const attributes = Object.entries(readAttributes(span.attributes)).map(([key, value]) => [key, exactJson(value)]);
  const events = asList(span.events).map((event) => ({
    ...asRecord(event),
    attributes: readAttributes(asRecord(event).attributes),
  }));
  return { ...span, attributes: Object.fromEntries(attributes), events, links: asList(span.links).map(readLink) };
}

function readLink(json: unknown): Record<string, unknown> {
  const { trace_id, span_id, attributes } = asRecord(json);
  return {
    trace_id: toMlflowTraceId(base64ToHex(asText(trace_id) ?? "")),
    span_id: base64ToHex(asText(span_id) ?? ""),
    attributes: readAttributes(attributes),
  };
}

function readAttributes(list: unknown): Record<string, JsonValue> {
  const entries = asList(list).map((item) => [asText(asRecord(item).key) ?? "", readValue(asRecord(item).value)]);
  return Object.fromEntries(entries);
}

/** A typed value; one without a type is `null`. Bytes stay base64, and doubles that are not finite come as strings. */
function readValue(json: unknown): JsonValue {
  const value = asRecord(json);
  if ("string_value" in value) return asText(value.string_value) ?? "";
  if ("bool_value" in value) return value.bool_value === true;
  if ("int_value" in value) return readInteger(value.int_value);
  if ("double_value" in value) return asNumber(value.double_value) ?? asText(value.double_value) ?? null;
  if ("bytes_value" in value) return asText(value.bytes_value) ?? "";
  if ("array_value" in value) return asList(asRecord(value.array_value).values).map(readValue);
  if ("kvlist_value" in value) return readAttributes(asRecord(value.kvlist_value).values);
  return null;
}

/** A number where a double is exact, else a BigInt. */
function readInteger(json: unknown): number | bigint {
  const exact = asBigInt(json) ?? 0n;
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}
