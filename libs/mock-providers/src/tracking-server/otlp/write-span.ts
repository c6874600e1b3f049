import type { StoredSpan } from "../read-back";
import { type AnyMap, type AnyValue, printBytes, writeFloat, writePythonJson } from "./any-value";
import type { DatabaseSpan } from "./database-span";
import { hexToBase64 } from "./hex";
import { parseTyped } from "./typed-json";

/** A span in `traces.json` as the server writes it for the viewer: Python's JSON, nanoseconds as bare integers. */
export function writeForViewer(span: DatabaseSpan): string {
  const status = new Map([
    ["code", `STATUS_CODE_${span.status.code}`],
    ["message", span.status.message],
  ]);
  const fields: readonly (readonly [string, AnyValue])[] = [
    ["trace_id", hexToBase64(span.traceId)],
    ["span_id", hexToBase64(span.spanId)],
    ["parent_span_id", span.parentId && hexToBase64(span.parentId)],
    ["name", span.name],
    ["start_time_unix_nano", span.start],
    ["end_time_unix_nano", span.end],
    ["events", span.events.map(viewerEvent)],
    ["status", status],
    ["attributes", span.attributes],
    ["links", span.links.map(viewerLink)],
  ];
  return writePythonJson(new Map(fields));
}

function viewerEvent({ name, time, attributes }: DatabaseSpan["events"][number]): AnyMap {
  return new Map<string, AnyValue>([
    ["name", name],
    ["time_unix_nano", time],
    ["attributes", attributes],
  ]);
}

function viewerLink({ traceId, spanId, attributes }: DatabaseSpan["links"][number]): AnyMap {
  return new Map<string, AnyValue>([
    ["trace_id", `tr-${traceId}`],
    ["span_id", spanId],
    ["attributes", attributes.size > 0 ? attributes : null],
  ]);
}

/** The same as a value, with nanoseconds as decimal strings. */
export function toStoredSpan(span: DatabaseSpan): StoredSpan {
  return {
    trace_id: hexToBase64(span.traceId),
    span_id: hexToBase64(span.spanId),
    parent_span_id: span.parentId && hexToBase64(span.parentId),
    name: span.name,
    start_time_unix_nano: String(span.start),
    end_time_unix_nano: span.end === 0n ? null : String(span.end),
    status: { code: `STATUS_CODE_${span.status.code}`, message: span.status.message },
    attributes: Object.fromEntries(span.attributes),
    events: span.events.map(({ name, time, attributes }) => ({
      name,
      time_unix_nano: String(time),
      attributes: toPlain(attributes) as Record<string, unknown>,
    })),
    links: span.links.map(({ traceId, spanId, attributes }) => ({
      trace_id: `tr-${traceId}`,
      span_id: spanId,
      attributes: attributes.size > 0 ? toPlain(attributes) : null,
    })),
  };
}

/** Integers that a double does not hold become decimal strings, doubles that JSON has not become text. */
function toPlain(value: AnyValue): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return printBytes(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  return (value as readonly AnyValue[]).map(toPlain);
}

/** A span in the JSON of OTLP's protobuf: snake case, base64 ids, typed values, nothing that is empty. */
export function writeProtoJson(span: DatabaseSpan): string {
  const { code, message } = span.status;
  const status = [...text("message", message), ...(code === "UNSET" ? [] : text("code", `STATUS_CODE_${code}`))];
  return object([
    ...text("trace_id", hexToBase64(span.traceId)),
    ...text("span_id", hexToBase64(span.spanId)),
    ...text("parent_span_id", span.parentId ? hexToBase64(span.parentId) : ""),
    ...text("name", span.name),
    ...integer("start_time_unix_nano", span.start),
    ...integer("end_time_unix_nano", span.end),
    ...list(
      "attributes",
      [...span.attributes].map(([key, json]) => keyValue(key, parseTyped(json))),
    ),
    ...list(
      "events",
      span.events.map(({ time, name, attributes }) =>
        object([...integer("time_unix_nano", time), ...text("name", name), ...attributeList(attributes)]),
      ),
    ),
    ...list(
      "links",
      span.links.map(({ traceId, spanId, attributes }) =>
        object([
          ...text("trace_id", hexToBase64(traceId)),
          ...text("span_id", hexToBase64(spanId)),
          ...attributeList(attributes),
        ]),
      ),
    ),
    `"status":${object(status)}`,
  ]);
}

const object = (fields: readonly string[]): string => `{${fields.join(",")}}`;
const text = (key: string, value: string): string[] => (value === "" ? [] : [`"${key}":${JSON.stringify(value)}`]);
const integer = (key: string, value: bigint): string[] => (value === 0n ? [] : [`"${key}":${value}`]);
const list = (key: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`"${key}":[${items.join(",")}]`];
const attributeList = (attributes: AnyMap): string[] =>
  list(
    "attributes",
    [...attributes].map(([key, value]) => keyValue(key, value)),
  );

function keyValue(key: string, value: AnyValue): string {
  return object([...text("key", key), ...(value === null ? [] : [`"value":${anyValue(value)}`])]);
}

const MAX_INT64 = 2n ** 63n - 1n;

function anyValue(value: AnyValue): string {
  if (value === null) return "{}";
  if (typeof value === "string") return `{"string_value":${JSON.stringify(value)}}`;
  if (typeof value === "boolean") return `{"bool_value":${value}}`;
  if (typeof value === "number") return `{"double_value":${Number.isFinite(value) ? writeFloat(value) : `"${value}"`}}`;
  if (typeof value === "bigint") {
    if (value > MAX_INT64 || value < -MAX_INT64 - 1n) throw new RangeError("An integer does not fit 64 bits");
    return `{"int_value":${value}}`;
  }
  if (value instanceof Uint8Array) return anyValue(printBytes(value));
  if (!(value instanceof Map)) {
    return `{"array_value":${object(list("values", (value as readonly AnyValue[]).map(anyValue)))}}`;
  }
  const entries = [...(value as AnyMap)].map(([key, item]) => keyValue(key, item));
  return `{"kvlist_value":${object(list("values", entries))}}`;
}
