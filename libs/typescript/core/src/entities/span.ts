import type { HrTime } from "@opentelemetry/api";
import { hrTimeToNs, nsToHrTime } from "../clock.js";
import { SpanAttributeKey, SpanType } from "../constants.js";
import { base64ToHex, hexToBase64, toMlflowTraceId, toOtelTraceId } from "../ids.js";
import { asBigInt, asList, asRecord, asText } from "../json/read.js";
import { safeStringify } from "../json/safe-json.js";
import type { ReadableSpan } from "../otel/readable-span.js";
import { decodeAttribute, encodeStoredAttribute, isOwnKey } from "./attributes.js";
import { SpanEvent } from "./span-event.js";
import type { SpanJson } from "./span-json.js";
import { SpanLink } from "./span-link.js";
import { asLevel, type SpanLogLevel } from "./span-log-level.js";
import { SpanStatus } from "./span-status.js";

/**
 * A span to look at: one that has been read from a server, or (see `LiveSpan`) one that is being recorded.
 *
 * @example
 * const { data } = await client.getTrace(traceId);
 * for (const span of data.spans) console.log(span.name, span.spanType, span.getAttribute("mlflow.llm.model"));
 */
export class Span {
  /** The OpenTelemetry span behind this one. */
  readonly _span: ReadableSpan;
  /** 16 hex digits, or `null` for the root. */
  readonly parentId: string | null;

  constructor(span: ReadableSpan, parentId: string | null) {
    this._span = span;
    this.parentId = parentId;
  }

  /** MLflow's trace id, `tr-<32 hex digits>`. */
  get traceId(): string {
    const id = this.getAttribute(SpanAttributeKey.TRACE_ID);
    return typeof id === "string" ? id : toMlflowTraceId(this._span.spanContext().traceId);
  }

  /** 16 hex digits. */
  get spanId(): string {
    return this._span.spanContext().spanId;
  }

  get name(): string {
    return this._span.name;
  }

  get spanType(): SpanType {
    const type = this.getAttribute(SpanAttributeKey.SPAN_TYPE);
    return typeof type === "string" ? type : SpanType.UNKNOWN;
  }

  get logLevel(): SpanLogLevel | null {
    return asLevel(this.getAttribute(SpanAttributeKey.LOG_LEVEL)) ?? null;
  }

  get startTime(): HrTime {
    return this._span.startTime;
  }

  /** `null` while the span is open. */
  get endTime(): HrTime | null {
    return this._span.ended ? this._span.endTime : null;
  }

  get status(): SpanStatus {
    return SpanStatus.fromOtelStatus(this._span.status);
  }

  get inputs(): unknown {
    return this.getAttribute(SpanAttributeKey.INPUTS);
  }

  get outputs(): unknown {
    return this.getAttribute(SpanAttributeKey.OUTPUTS);
  }

  /** All attributes, decoded. */
  get attributes(): Record<string, unknown> {
    return Object.fromEntries(Object.keys(this._span.attributes).map((key) => [key, this.getAttribute(key)]));
  }

  get events(): SpanEvent[] {
    return this._span.events.map(
      ({ name, time, attributes }) =>
        new SpanEvent({ name, timestamp: hrTimeToNs(time), attributes: { ...attributes } }),
    );
  }

  get links(): SpanLink[] {
    return this._span.links.map(
      ({ context, attributes }) =>
        new SpanLink({
          traceId: toMlflowTraceId(context.traceId),
          spanId: context.spanId,
          attributes: structuredClone({ ...attributes }),
        }),
    );
  }

  /** One attribute, decoded; `undefined` when it was never set. */
  getAttribute(key: string): unknown {
    const stored = typeof key === "string" ? this._span.attributes[key] : undefined;
    return stored === undefined || this.isEncoded(key) || isOwnKey(key) ? decodeAttribute(stored) : stored;
  }

  /**
   * The JSON text of one attribute, as `traces.json` holds it.
   *
   * @example span.getAttributeJson("mlflow.spanType") // '"TOOL"'
   */
  getAttributeJson(key: string): string | undefined {
    const stored = this._span.attributes[key];
    return stored === undefined ? undefined : encodeStoredAttribute(key, stored, this.isEncoded(key));
  }

  /** Whether an attribute is stored as the JSON text that MLflow's API made of it. */
  protected isEncoded(_key: string): boolean {
    return false;
  }

  /** The span as `traces.json` holds it. */
  toJson(): SpanJson {
    const { traceId, spanId } = this._span.spanContext();
    const { statusCode, description } = this.status;
    const attributes = Object.keys(this._span.attributes).map((key) => [key, this.getAttributeJson(key)]);
    return {
      trace_id: hexToBase64(traceId, 32),
      span_id: hexToBase64(spanId, 16),
      parent_span_id: this.parentId ? hexToBase64(this.parentId, 16) : "",
      name: this.name,
      start_time_unix_nano: hrTimeToNs(this.startTime),
      end_time_unix_nano: this.endTime ? hrTimeToNs(this.endTime) : null,
      status: { code: statusCode, message: description },
      attributes: Object.fromEntries(attributes),
      events: this.events.map(({ name, timestamp, attributes }) => ({ name, time_unix_nano: timestamp, attributes })),
      links: this.links.map((link) => link.toJson()),
    };
  }

  /**
   * Reads a span of `traces.json`: ids in base64, attributes as JSON texts or decoded, whatever is optional left out.
   * Nothing in it makes this throw; a missing start reads as 0.
   */
  static fromJson(json: unknown): Span {
    const record = asRecord(json);
    const parent = base64ToHex(asText(record.parent_span_id) ?? "");
    return new LoadedSpan(readRecord(record), parent === "" ? null : parent);
  }
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
