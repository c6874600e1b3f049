import type { Attributes, HrTime, Link, Span, SpanContext, SpanStatus } from "@opentelemetry/api";

/** Something that happened within a span, as OpenTelemetry's SDK keeps it. */
export interface TimedEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: Attributes | undefined;
}

/** The part of a readable span of OpenTelemetry's SDK that a trace is made of. Spans of `@opentelemetry/sdk-trace-base` fit. */
export interface ReadableSpan {
  readonly name: string;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly events: readonly TimedEvent[];
  readonly links: readonly Link[];
  /** The ids of the span and of its trace. */
  spanContext(): SpanContext;
}

/** A span that is being recorded, by our provider or by another one. */
export interface RecordingSpan extends ReadableSpan, Span {
  readonly parentSpanContext?: SpanContext | undefined;
}
