import type {
  Attributes,
  AttributeValue,
  Exception,
  HrTime,
  Link,
  SpanContext,
  SpanStatus,
  TimeInput,
} from "@opentelemetry/api";
import { hrTimeToNs, nowHrTime } from "../clock.js";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { EXCEPTION_EVENT_NAME, exceptionAttributes } from "../entities/span-event.js";
import { safeStringify } from "../json/safe-json.js";
import { SpanKind, SpanStatusCode } from "./api.js";
import type { RecordingSpan, TimedEvent } from "./readable-span.js";
import { isArray, isDate, toHrTime } from "./time-input.js";

const MAX_ATTRIBUTES = 1_024;
const MAX_EVENTS = 1_024;
const MAX_LINKS = 128;
const NO_EVENTS: readonly TimedEvent[] = Object.freeze([]);
const NO_LINKS: readonly Link[] = Object.freeze([]);
const UNSET: SpanStatus = Object.freeze({ code: SpanStatusCode.UNSET });

/**
 * An object that inherits nothing, so that `__proto__` and `constructor` are keys like any other. Faster than
 * `Object.create(null)`, which engines take for a dictionary.
 */
function NullObject() {}
NullObject.prototype = Object.create(null);
const Bag = NullObject as unknown as new () => Attributes;

/** What a {@link RecordedSpan} starts with. */
export interface RecordedSpanParams {
  readonly name: string;
  readonly context: SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly startTime: HrTime;
  readonly kind?: SpanKind | undefined;
}

/** Learns of a span's end: just before, while it can still be written, and after. */
export interface SpanEndListener {
  onEnding(span: RecordedSpan): void;
  onEnd(span: RecordedSpan): void;
}

/**
 * A span of OpenTelemetry's API that holds what it was given and nothing else, about a tenth of what the SDK's span keeps.
 * Attributes are JSON texts when MLflow's API set them and native values when OpenTelemetry's did.
 */
export class RecordedSpan implements RecordingSpan {
  name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext: SpanContext | undefined;
  readonly startTime: HrTime;
  endTime: HrTime = [0, 0];
  ended = false;
  status: SpanStatus = UNSET;
  readonly attributes: Attributes = new Bag();
  events: readonly TimedEvent[] = NO_EVENTS;
  links: readonly Link[] = NO_LINKS;
  /** MLflow's view of this span, once it is registered. */
  live: LiveSpan | undefined;
  readonly #context: SpanContext;
  readonly #listener: SpanEndListener;
  #native: Set<string> | undefined;
  #size = 0;

  constructor(params: RecordedSpanParams, listener: SpanEndListener) {
    this.name = params.name;
    this.kind = params.kind ?? SpanKind.INTERNAL;
    this.parentSpanContext = params.parentSpanContext;
    this.startTime = params.startTime;
    this.#context = params.context;
    this.#listener = listener;
  }

  get duration(): HrTime {
    const ns = this.ended ? hrTimeToNs(this.endTime) - hrTimeToNs(this.startTime) : 0n;
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  isRecording(): boolean {
    return !this.ended;
  }

  /** Whether the attribute is a JSON text that MLflow's API wrote. */
  isEncoded(key: string): boolean {
    return !this.#native?.has(key);
  }

  /** Sets an attribute to a JSON text, also on a span that has ended. */
  setEncoded(key: string, json: string): void {
    if (this.#store(key, json)) this.#native?.delete(key);
  }

  setAttribute(key: string, value: AttributeValue): this {
    if (this.ended || value === undefined || value === null || typeof key !== "string") return this;
    if (!this.#store(key, toNative(value))) return this;
    this.#native ??= new Set();
    this.#native.add(key);
    return this;
  }

  setAttributes(attributes: Attributes): this {
    const set = (): void => {
      for (const key of Object.keys(attributes ?? {})) this.setAttribute(key, attributes[key] as AttributeValue);
    };
    guarded("Failed to set span attributes", set);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.ended || this.events.length >= MAX_EVENTS) return this;
    const isTime = isTimeInput(attributesOrTime);
    const attributes = isTime
      ? undefined
      : guarded("Failed to read event attributes", () => ({ ...attributesOrTime }), {});
    const event = { name: String(name), time: toHrTime(isTime ? attributesOrTime : time), attributes };
    this.events = append<TimedEvent>(this.events, event, NO_EVENTS);
    return this;
  }

  addLink(link: Link): this {
    if (!this.ended && this.links.length < MAX_LINKS) this.links = append(this.links, link, NO_LINKS);
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  /** As OpenTelemetry has it: OK is final, UNSET changes nothing. */
  setStatus(status: SpanStatus): this {
    if (
      this.ended ||
      typeof status !== "object" ||
      status.code === SpanStatusCode.UNSET ||
      this.status.code === SpanStatusCode.OK
    )
      return this;
    this.status = status;
    return this;
  }

  updateName(name: string): this {
    if (!this.ended) this.name = name;
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    this.addEvent(EXCEPTION_EVENT_NAME, exceptionAttributes(exception), time);
  }

  /** An end before the start becomes the start. */
  end(endTime?: TimeInput): void {
    if (this.ended) return;
    const end = endTime === undefined ? nowHrTime() : toHrTime(endTime);
    this.endTime = isBefore(end, this.startTime) ? this.startTime : end;
    this.#listener.onEnding(this);
    this.ended = true;
    this.#listener.onEnd(this);
  }

  #store(key: string, value: AttributeValue): boolean {
    if (this.attributes[key] === undefined && ++this.#size > MAX_ATTRIBUTES) return false;
    this.attributes[key] = value;
    return true;
  }
}

/** The first item makes a list of its own of the empty one that all spans share. */
function append<T>(list: readonly T[], item: T, empty: readonly T[]): readonly T[] {
  if (list === empty) return [item];
  (list as T[]).push(item);
  return list;
}

function isBefore(a: HrTime, b: HrTime): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function isTimeInput(value: unknown): value is TimeInput {
  return typeof value === "number" || isArray(value) || isDate(value);
}

/** Callers in JavaScript pass anything; what OpenTelemetry cannot hold becomes its JSON text. */
function toNative(value: AttributeValue): AttributeValue {
  if (isArray(value)) return value.every(isPrimitive) ? ([...value] as AttributeValue) : safeStringify(value);
  return isPrimitive(value) ? value : safeStringify(value);
}

function isPrimitive(value: unknown): boolean {
  return value === null || value === undefined || ["string", "number", "boolean"].includes(typeof value);
}
