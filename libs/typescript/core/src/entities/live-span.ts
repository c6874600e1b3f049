import type { HrTime } from "@opentelemetry/api";
import type { Span as OtelSpan } from "@opentelemetry/sdk-trace-base";
import { nowNs, nsToHrTime } from "../clock.js";
import { SpanAttributeKey, SpanType } from "../constants.js";
import { guarded, warn } from "../diagnostics.js";
import { toOtelTraceId } from "../ids.js";
import { safeStringify } from "../json/safe-json.js";
import { toNativeAttributes } from "./attributes.js";
import { Span } from "./span.js";
import { describeThrown, EXCEPTION_EVENT_NAME, SpanEvent } from "./span-event.js";
import type { SpanLink } from "./span-link.js";
import { defaultLogLevel, SpanLogLevel, toSpanLogLevel } from "./span-log-level.js";
import { SpanStatus, SpanStatusCode, type SpanStatusCodeLike } from "./span-status.js";

/** What `LiveSpan.end` may set at the last moment. */
export interface SpanEndOptions {
  outputs?: unknown;
  attributes?: Record<string, unknown>;
  status?: SpanStatus | SpanStatusCodeLike;
  /** Nanoseconds since the epoch; now by default. */
  endTimeNs?: number | bigint;
}

/** A span that is being recorded. No method throws, except `setLogLevel` for a level that does not exist. */
export class LiveSpan extends Span {
  declare readonly _span: OtelSpan;
  /** Lets the hooks of `registerOnSpanEndHook` still change a span that has ended. */
  allowMutatingEndedSpan = false;
  #status: SpanStatus | undefined;

  constructor(span: OtelSpan, traceId: string, parentId: string | null, spanType?: SpanType) {
    super(span, parentId);
    this.setAttribute(SpanAttributeKey.TRACE_ID, traceId);
    if (spanType !== undefined || span.attributes[SpanAttributeKey.SPAN_TYPE] === undefined) {
      this.setAttribute(SpanAttributeKey.SPAN_TYPE, spanType ?? SpanType.UNKNOWN);
    }
  }

  override get status(): SpanStatus {
    return this.#status && !this._span.ended ? this.#status : super.status;
  }

  setSpanType(spanType: SpanType): void {
    this.setAttribute(SpanAttributeKey.SPAN_TYPE, spanType);
  }

  setInputs(inputs: unknown): void {
    this.setAttribute(SpanAttributeKey.INPUTS, inputs);
  }

  setOutputs(outputs: unknown): void {
    this.setAttribute(SpanAttributeKey.OUTPUTS, outputs);
  }

  /** Sets an attribute to a snapshot of any value. */
  setAttribute(key: string, value: unknown): void {
    if (typeof key !== "string" || key === "") {
      warn(`Span attribute ignored: its key must be a non-empty string, not ${typeof key}`);
      return;
    }
    guarded(`Failed to set the span attribute ${key}`, () => this.#store(key, safeStringify(value)), undefined);
  }

  #store(key: string, json: string): void {
    if (!this._span.ended) this._span.setAttribute(key, json);
    else if (this.allowMutatingEndedSpan) this._span.attributes[key] = json;
    else return;
    this.encodedKeys.add(key);
  }

  /** Sets several attributes; nothing for no object. */
  setAttributes(attributes: Record<string, unknown> | null | undefined): void {
    guarded(
      "Failed to set span attributes",
      () => {
        for (const key of Object.keys(attributes ?? {})) this.setAttribute(key, attributes?.[key]);
      },
      undefined,
    );
  }

  /** @throws Error for a level that does not exist */
  setLogLevel(level: SpanLogLevel | keyof typeof SpanLogLevel | (string & {})): void {
    this.setAttribute(SpanAttributeKey.LOG_LEVEL, toSpanLogLevel(level));
  }

  /** An event named `exception` raises the log level to ERROR. */
  addEvent(event: SpanEvent): void {
    guarded(
      "Failed to add a span event",
      () => {
        this._span.addEvent(event.name, toNativeAttributes(event.attributes), nsToHrTime(event.timestamp));
        if (event.name === EXCEPTION_EVENT_NAME) this.#raiseLogLevel();
      },
      undefined,
    );
  }

  addLink(link: SpanLink): void {
    if (this._span.ended) return;
    guarded(
      "Failed to add a span link",
      () => {
        const context = { traceId: toOtelTraceId(link.traceId), spanId: link.spanId, traceFlags: 1 };
        this._span.addLink({ context, attributes: toNativeAttributes(link.attributes) });
      },
      undefined,
    );
  }

  /** Records whatever was thrown as an event and makes the span fail. */
  recordException(thrown: unknown): void {
    this.addEvent(SpanEvent.fromException(thrown));
    this.setStatus(SpanStatusCode.ERROR, describeThrown(thrown).message);
  }

  /** The last call wins, whatever the order; it is settled when the span ends. */
  setStatus(status: SpanStatus | SpanStatusCodeLike, description?: string): void {
    if (this._span.ended) return;
    this.#status = status instanceof SpanStatus ? status : new SpanStatus(status, description ?? "");
  }

  /** Ends the span: OK unless it failed. A second call does nothing. */
  end(options: SpanEndOptions = {}): void {
    guarded("Failed to end a span", () => this.#end(options ?? {}), undefined);
  }

  #end({ outputs, attributes, status, endTimeNs }: SpanEndOptions): void {
    if (this._span.ended) return;
    if (outputs !== undefined) this.setOutputs(outputs);
    if (attributes) this.setAttributes(attributes);
    if (status) this.setStatus(status);
    this._span.end(this.#endTime(endTimeNs));
  }

  /** An end before the start would be refused by OpenTelemetry with the end made equal; it is the same here. */
  #endTime(endTimeNs: number | bigint | undefined): HrTime {
    return nsToHrTime(endTimeNs || nowNs());
  }

  /**
   * Settles status and log level while the OpenTelemetry span can still be written. Called by the span processor, so that
   * spans of other libraries are settled as well.
   */
  settle(): void {
    const status = this.status.statusCode === SpanStatusCode.ERROR ? this.status : new SpanStatus(SpanStatusCode.OK);
    this._span.setStatus(status.toOtelStatus());
    if (this.logLevel !== null) return;
    const failed = status.statusCode === SpanStatusCode.ERROR;
    this.setAttribute(SpanAttributeKey.LOG_LEVEL, failed ? SpanLogLevel.ERROR : defaultLogLevel(this.spanType));
  }

  #raiseLogLevel(): void {
    if ((this.logLevel ?? 0) < SpanLogLevel.ERROR) this.setLogLevel(SpanLogLevel.ERROR);
  }
}
