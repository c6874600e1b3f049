import type { HrTime } from "@opentelemetry/api";
import { SPAN_TOKEN_USAGE } from "../attribute-keys.js";
import { SpanAttributeKey, TokenUsageKey } from "../constants.js";
import { hexToBase64, toOtelTraceId } from "../ids.js";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { asRecord } from "../json/read.js";
import { safeStringify } from "../json/safe-json.js";
import type { Span } from "./span.js";
import type { SpanEvent } from "./span-event.js";
import type { SpanLink } from "./span-link.js";
import { SpanStatusCode } from "./span-status.js";

/**
 * Levels of nesting that MLflow can give back: it answers in a protobuf of at most 100 levels, and each of ours takes up to
 * three of them. A trace with more could not be read at all.
 */
const MAX_DEPTH = 30;
const MAX_INT64 = 2n ** 63n - 1n;
/** The server refuses all spans of a request when one has a longer session id. */
const MAX_SESSION_ID_LENGTH = 250;
const SESSION_KEYS = new Set<string>([SpanAttributeKey.SESSION_ID, "gen_ai.conversation.id"]);
const STATUS_NUMBER = { [SpanStatusCode.UNSET]: 0, [SpanStatusCode.OK]: 1, [SpanStatusCode.ERROR]: 2 };

/**
 * One span in OTLP/JSON, such that MLflow gives every attribute back equal, in TypeScript and in Python.
 *
 * | attribute | is sent as |
 * |---|---|
 * | string, object, array | its JSON text |
 * | number, boolean, null | a native value |
 * | integer beyond 64 bits | a double where that holds it exactly, else a string of its digits |
 * | what lies deeper than 30 levels | a string with its JSON text |
 *
 * @param otelTraceId 32 hex digits
 */
export function encodeOtlpSpan(span: Span, otelTraceId: string): string {
  // Not every span is from OpenTelemetry, and only those have a kind.
  const { kind = 0 } = span._span as { kind?: number };
  const { traceState } = span._span.spanContext();
  const { statusCode, description } = span.status;
  const attributes = Object.keys(span._span.attributes).map((key) => encodeAttribute(key, span.getAttributeJson(key)));
  return `{"traceId":"${otelTraceId}","spanId":"${span.spanId}","parentSpanId":"${span.parentId ?? ""}"${
    traceState ? `,"traceState":${quote(traceState.serialize())}` : ""
  },"name":${quote(span.name)},"kind":${kind + 1},"startTimeUnixNano":"${encodeTime(span.startTime)}","endTimeUnixNano":"${encodeTime(
    span.endTime,
  )}","attributes":[${attributes}],"events":[${span.events.map(encodeEvent)}],"links":[${span.links.map(encodeLink)}],"status":{"code":${
    STATUS_NUMBER[statusCode]
  },"message":${quote(description)}}}`;
}

/** The body of an OTLP/JSON request. It names no resource, as MLflow would make tags of its attributes. */
export function otlpBody(spans: readonly string[]): string {
  return `{"resourceSpans":[{"scopeSpans":[{"spans":[${spans}]}]}]}`;
}

/** JSON of a string with no half of a surrogate pair in it: for one, the server refuses the request. */
function quote(text: string): string {
  return JSON.stringify(toWellFormed(text));
}

/** `text` with halves of surrogate pairs replaced, where the platform can (Node.js 20 and browsers since 2023). */
export function toWellFormed(text: string): string {
  return (text as { toWellFormed?(): string }).toWellFormed?.() ?? text;
}

/** Nanoseconds since the epoch, within what the server's database can hold. */
function encodeTime(time: HrTime | null): string {
  const [seconds, nanoseconds] = time ?? [0, 0];
  if (!(seconds >= 0 && nanoseconds >= 0)) return "0";
  const digits = `${Math.min(seconds, 9_000_000_000)}${String(nanoseconds).padStart(9, "0")}`;
  return digits.replace(/^0+(?=\d)/, "");
}

function encodeAttribute(key: string, json = "null"): string {
  return `{"key":${quote(key)},"value":${encodeJsonText(settle(key, json))}}`;
}

/** Values with which the server would refuse the whole request. */
function settle(key: string, json: string): string {
  if (SESSION_KEYS.has(key) && json.length > MAX_SESSION_ID_LENGTH) {
    const id: unknown = parseJson(json);
    return JSON.stringify((typeof id === "string" ? id : json).slice(0, MAX_SESSION_ID_LENGTH));
  }
  if (key !== SPAN_TOKEN_USAGE || !json.startsWith("{")) return json;
  const known = new Set<string>(Object.values(TokenUsageKey));
  const entries = Object.entries(asRecord(parseJson(json)));
  return stringifyJson(Object.fromEntries(entries.filter(([name, n]) => !known.has(name) || Number.isSafeInteger(n))));
}

function encodeJsonText(json: string): string {
  const first = json[0];
  if (first === '"') return encodeText(json);
  if (first === "{" || first === "[") return encodeText(mustChange(json) ? tame(parseJson(json), 0) : json);
  if (json === "null") return "{}";
  if (json === "true" || json === "false") return `{"boolValue":${json}}`;
  if (!/^-?\d+$/.test(json)) return `{"doubleValue":${json}}`;
  const literal = encodeInteger(BigInt(json));
  if (literal.startsWith('"')) return encodeText(literal);
  return literal.includes("e") ? `{"doubleValue":${literal}}` : `{"intValue":"${literal}"}`;
}

function encodeText(text: string): string {
  return `{"stringValue":${quote(text)}}`;
}

/** JSON of an integer that the server can store: digits, a double in `e` notation, or a string. */
function encodeInteger(integer: bigint): string {
  if (integer <= MAX_INT64 && integer >= -MAX_INT64 - 1n) return integer.toString();
  const double = Number(integer);
  return Number.isFinite(double) && BigInt(double) === integer ? double.toExponential() : `"${integer}"`;
}

/** Whether a JSON text may hold integers beyond 64 bits, or nests too deep. Cheap, because nearly none does. */
function mustChange(json: string): boolean {
  return /\d{19}/.test(json) || nestsDeeper(json, MAX_DEPTH);
}

function nestsDeeper(json: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === 34) at = endOfString(json, at);
    else if (code === 123 || code === 91) {
      if (++depth > limit) return true;
    } else if (code === 125 || code === 93) depth--;
  }
  return false;
}

/** Position of the quote that closes the string which opens at `open`. */
function endOfString(json: string, open: number): number {
  for (let close = json.indexOf('"', open + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let before = close - 1;
    while (json[before] === "\\") before--;
    if ((close - before) % 2 === 1) return close;
  }
  return json.length;
}

function tame(value: unknown, depth: number): string {
  if (typeof value === "bigint") return encodeInteger(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth >= MAX_DEPTH) return JSON.stringify(stringifyJson(value));
  if (Array.isArray(value)) return `[${value.map((item) => tame(item, depth + 1))}]`;
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${tame(item, depth + 1)}`)}}`;
}

function encodeEvent({ name, timestamp, attributes }: SpanEvent): string {
  const ns = timestamp < 0n ? 0n : timestamp > MAX_INT64 ? MAX_INT64 : timestamp;
  return `{"name":${quote(name)},"timeUnixNano":"${ns}","attributes":[${encodeNative(attributes)}]}`;
}

/** The server drops links whose ids are hex, as OTLP/JSON has them; it reads base64. */
function encodeLink({ traceId, spanId, attributes }: SpanLink): string {
  const ids = `"traceId":"${hexToBase64(toOtelTraceId(traceId), 32)}","spanId":"${hexToBase64(spanId, 16)}"`;
  return `{${ids},"attributes":[${encodeNative(attributes)}]}`;
}

/** Attributes of events and links, which the server never decodes. */
function encodeNative(attributes: Record<string, unknown>): string[] {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return entries.map(([key, value]) => `{"key":${quote(key)},"value":${encodeNativeValue(value)}}`);
}

function encodeNativeValue(value: unknown): string {
  if (value === null || value === undefined) return "{}";
  if (typeof value === "boolean") return `{"boolValue":${value}}`;
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return `{"intValue":"${value}"}`;
    return `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`;
  }
  if (Array.isArray(value)) return `{"arrayValue":{"values":[${value.map(encodeNativeValue)}]}}`;
  return encodeText(typeof value === "string" ? value : safeStringify(value));
}
