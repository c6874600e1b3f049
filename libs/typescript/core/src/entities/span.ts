import type { HrTime } from "@opentelemetry/api";
import { SPAN_INPUTS, SPAN_LOG_LEVEL, SPAN_OUTPUTS, SPAN_TRACE_ID, SPAN_TYPE } from "../attribute-keys.js";
import { hrTimeToNs } from "../clock.js";
import { SpanType } from "../constants.js";
import { hexToBase64, toMlflowTraceId } from "../ids.js";
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
    const id = this.getAttribute(SPAN_TRACE_ID);
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
    const type = this.getAttribute(SPAN_TYPE);
    return typeof type === "string" ? type : SpanType.UNKNOWN;
  }

  get logLevel(): SpanLogLevel | null {
    return asLevel(this.getAttribute(SPAN_LOG_LEVEL)) ?? null;
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
    return this.getAttribute(SPAN_INPUTS);
  }

  get outputs(): unknown {
    return this.getAttribute(SPAN_OUTPUTS);
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

  /**
   * One attribute, decoded; `undefined` when it was never set.
   *
   * @example span.getAttribute("mlflow.chat.tokenUsage") // { input_tokens: 10, output_tokens: 5, total_tokens: 15 }
   */
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
}
