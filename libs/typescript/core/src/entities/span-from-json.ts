import { nsToHrTime } from "../clock.js";
import { base64ToHex, toOtelTraceId } from "../ids.js";
import { asBigInt, asList, asRecord, asText } from "../json/read.js";
import { safeStringify } from "../json/safe-json.js";
import type { ReadableSpan } from "../otel/readable-span.js";
import { Span } from "./span.js";
import { SpanStatus } from "./span-status.js";

/**
 * Reads a span of `traces.json`: ids in base64, attributes as JSON texts or decoded, whatever is optional left out.
 * Nothing in it makes this throw; a missing start reads as 0.
 */
export function spanFromJson(json: unknown): Span {
  const record = asRecord(json);
  const parent = base64ToHex(asText(record.parent_span_id) ?? "");
  return new LoadedSpan(readRecord(record), parent === "" ? null : parent);
}

/** A span read from a server: every attribute that came as text is JSON text, unless it does not parse. */
class LoadedSpan extends Span {
  protected override isEncoded(): boolean {
    return true;
  }
}

function readRecord(record: Record<string, unknown>): ReadableSpan {
  const attributes = Object.entries(asRecord(record.attributes)).map(([key, value]) => [key, readAttribute(value)]);
  const end = asBigInt(record.end_time_unix_nano) ?? 0n;
  const status = asRecord(record.status);
  const context = { traceId: readTraceId(record), spanId: base64ToHex(asText(record.span_id) ?? ""), traceFlags: 1 };
  return {
    name: asText(record.name) ?? "",
    spanContext: () => context,
    startTime: nsToHrTime(asBigInt(record.start_time_unix_nano) ?? 0n),
    endTime: nsToHrTime(end),
    ended: end !== 0n,
    status: new SpanStatus(asText(status.code) ?? "UNSET", asText(status.message) ?? "").toOtelStatus(),
    attributes: Object.fromEntries(attributes),
    events: asList(record.events).map(readEvent),
    links: asList(record.links).map(readLink),
  };
}

function readTraceId(record: Record<string, unknown>): string {
  const id = asText(record.trace_id) ?? "";
  return id.startsWith("tr-") ? toOtelTraceId(id) : base64ToHex(id);
}

/** A string that is JSON stays; any other value, and a string that is none, becomes its JSON text. */
function readAttribute(value: unknown): string {
  if (typeof value !== "string") return safeStringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

function readEvent(json: unknown): ReadableSpan["events"][number] {
  const event = asRecord(json);
  const time = nsToHrTime(asBigInt(event.time_unix_nano) ?? 0n);
  return { name: asText(event.name) ?? "", time, attributes: asRecord(event.attributes) as Record<string, string> };
}

function readLink(json: unknown): ReadableSpan["links"][number] {
  const link = asRecord(json);
  const traceId = toOtelTraceId(asText(link.trace_id) ?? "");
  const attributes = asRecord(link.attributes) as Record<string, string>;
  return { context: { traceId, spanId: asText(link.span_id) ?? "", traceFlags: 1 }, attributes };
}
