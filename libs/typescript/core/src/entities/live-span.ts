import type { HrTime } from "@opentelemetry/api";
import { SPAN_INPUTS, SPAN_LOG_LEVEL, SPAN_OUTPUTS, SPAN_TRACE_ID, SPAN_TYPE } from "../attribute-keys.js";
import { nowHrTime, nsToHrTime } from "../clock.js";
import { SpanType } from "../constants.js";
import { guarded, warn } from "../diagnostics.js";
import { toOtelTraceId } from "../ids.js";
import { safeStringify } from "../json/safe-json.js";
import type { RecordingSpan } from "../otel/readable-span.js";
import { RecordedSpan } from "../otel/recorded-span.js";
import { requestText, responseText } from "../telemetry/chat-text.js";
import type { LiveTrace } from "../telemetry/live-trace.js";
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

const OTEL_OK = Object.freeze(new SpanStatus(SpanStatusCode.OK).toOtelStatus());
const TYPE_JSON = new Map(Object.values(SpanType).map((type) => [type as string, JSON.stringify(type)]));

/**
 * A span that is being recorded. No method throws, except `setLogLevel` for a level that does not exist.
 *
 * @example
 * const span = startSpan({ name: "plan" });
 * span.setSpanType(SpanType.CHAIN);
 * span.setInputs({ goal });
 * span.setAttribute("planner.version", 2);
 * span.setAttributes({ "planner.depth": 3, "planner.tools": ["search"] });
 * span.setLogLevel("WARNING");
 * span.addEvent(new SpanEvent({ name: "replanned" }));
 * span.addLink(new SpanLink({ traceId: earlier.traceId, spanId: earlier.spanId }));
 * span.setOutputs(plan);
 * span.end();
 */
export class LiveSpan extends Span {
  declare readonly _span: RecordingSpan;
  /** Lets the hooks of `registerOnSpanEndHook` still change a span that has ended. */
  allowMutatingEndedSpan = false;
  /** The trace that it is part of; none for a span that records nothing. */
  readonly _trace: LiveTrace | undefined;
  #status: SpanStatus | undefined;
  /** Keys that MLflow's API wrote, where the span is of another provider and cannot know. */
  #encoded: Set<string> | undefined;

  constructor(span: RecordingSpan, trace: LiveTrace | undefined, parentId: string | null) {
    super(span, parentId);
    this._trace = trace;
    if (!trace) return;
    this.#store(SPAN_TRACE_ID, trace.idJson);
    if (span.attributes[SPAN_TYPE] === undefined) this.setSpanType(SpanType.UNKNOWN);
  }

  override get traceId(): string {
    return this._trace?.info.traceId ?? super.traceId;
  }

  override get status(): SpanStatus {
    return this.#status && !this._span.ended ? this.#status : super.status;
  }

  /** Says what the span stands for: one of {@link SpanType} or a name of your own. */
  setSpanType(spanType: SpanType): void {
    const json = TYPE_JSON.get(spanType);
    if (json === undefined) this.setAttribute(SPAN_TYPE, spanType);
    else guarded("Failed to set the span type", () => this.#store(SPAN_TYPE, json));
  }

  /** Sets what went in, a snapshot of any value. */
  setInputs(inputs: unknown): void {
    this.setAttribute(SPAN_INPUTS, inputs);
  }

  /** Sets what came out, a snapshot of any value. */
  setOutputs(outputs: unknown): void {
    this.setAttribute(SPAN_OUTPUTS, outputs);
  }

  /** Sets an attribute to a snapshot of any value. */
  setAttribute(key: string, value: unknown): void {
    if (typeof key !== "string" || key === "") {
      warn(`Span attribute ignored: its key must be a non-empty string, not ${typeof key}`);
      return;
    }
    guarded("Failed to set a span attribute", () => this.#store(key, safeStringify(value)));
    if (this.parentId === null) this.#noteChat(key, value);
  }

  /** What a chat said is read from the value itself, which is cheaper than from its JSON later. */
  #noteChat(key: string, value: unknown): void {
    const chat = this._span.ended ? undefined : this._trace?.chatText;
    if (!chat || this._trace?.root !== this) return;
    if (key === SPAN_INPUTS) {
      chat.request = guarded("Failed to read a chat request", () => requestText(value), "");
    } else if (key === SPAN_OUTPUTS) {
      chat.response = guarded("Failed to read a chat completion", () => responseText(value), "");
    }
  }

  protected override isEncoded(key: string): boolean {
    return this._span instanceof RecordedSpan ? this._span.isEncoded(key) : (this.#encoded?.has(key) ?? false);
  }

  #store(key: string, json: string): void {
    const span = this._span;
    if (span.ended && !this.allowMutatingEndedSpan) return;
    if (span instanceof RecordedSpan) {
      span.setEncoded(key, json);
      return;
    }
    if (span.ended) span.attributes[key] = json;
    else span.setAttribute(key, json);
    this.#encoded ??= new Set();
    this.#encoded.add(key);
  }

  /** Sets several attributes; nothing for no object. */
  setAttributes(attributes: Record<string, unknown> | null | undefined): void {
    guarded("Failed to set span attributes", () => {
      for (const key of Object.keys(attributes ?? {})) this.setAttribute(key, attributes?.[key]);
    });
  }

  /**
   * Sets how much the span matters, by number or by name in any case.
   *
   * @throws Error for a level that does not exist
   */
  setLogLevel(level: SpanLogLevel | keyof typeof SpanLogLevel | (string & {})): void {
    this.setAttribute(SPAN_LOG_LEVEL, toSpanLogLevel(level));
  }

  /** An event named `exception` raises the log level to ERROR. */
  addEvent(event: SpanEvent): void {
    guarded("Failed to add a span event", () => {
      this._span.addEvent(event.name, toNativeAttributes(event.attributes), nsToHrTime(event.timestamp));
      if (event.name === EXCEPTION_EVENT_NAME) this.#raiseLogLevel();
    });
  }

  /** Relates the span to another one that is not its parent. */
  addLink(link: SpanLink): void {
    if (this._span.ended) return;
    guarded("Failed to add a span link", () => {
      const context = { traceId: toOtelTraceId(link.traceId), spanId: link.spanId, traceFlags: 1 };
      this._span.addLink({ context, attributes: toNativeAttributes(link.attributes) });
    });
  }

  /**
   * Records whatever was thrown as an event and makes the span fail.
   *
   * @example span.recordException(new RangeError("no such city"));
   */
  recordException(thrown: unknown): void {
    this.addEvent(SpanEvent.fromException(thrown));
    this.setStatus(SpanStatusCode.ERROR, describeThrown(thrown).message);
  }

  /**
   * Sets whether the span succeeded. The last call wins, whatever the order; it is settled when the span ends.
   *
   * @example span.setStatus("ERROR", "the answer was empty");
   */
  setStatus(status: SpanStatus | SpanStatusCodeLike, description?: string): void {
    if (this._span.ended && !this.allowMutatingEndedSpan) return;
    const read = () => (status instanceof SpanStatus ? status : new SpanStatus(status, description));
    const next = guarded("Failed to set the span status", read, this.#status);
    if (!this._span.ended) this.#status = next;
    else if (next) Object.assign(this._span, { status: next.toOtelStatus() });
  }

  /** Ends the span: OK unless it failed. A second call does nothing. */
  end(options: SpanEndOptions = {}): void {
    guarded("Failed to end a span", () => this.#end(options ?? {}));
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
    return endTimeNs ? nsToHrTime(endTimeNs) : nowHrTime();
  }

  /**
   * Settles status and log level while the OpenTelemetry span can still be written. Called by the span processor, so that
   * spans of other libraries are settled as well.
   */
  settle(): void {
    const status = this.status;
    const failed = status.statusCode === SpanStatusCode.ERROR;
    this._span.setStatus(failed ? status.toOtelStatus() : OTEL_OK);
    if (this._span.attributes[SPAN_LOG_LEVEL] !== undefined && this.logLevel !== null) return;
    const level = failed ? SpanLogLevel.ERROR : defaultLogLevel(this.spanType);
    this.#store(SPAN_LOG_LEVEL, String(level));
  }

  #raiseLogLevel(): void {
    if ((this.logLevel ?? 0) < SpanLogLevel.ERROR) this.setLogLevel(SpanLogLevel.ERROR);
  }
}
