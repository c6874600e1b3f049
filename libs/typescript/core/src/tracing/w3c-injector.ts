import type { Context, SpanContext, TextMapGetter, TextMapPropagator, TextMapSetter } from "@opentelemetry/api";
import { isSpanContextValid, trace } from "../otel/api.js";
import { isTracingSuppressed } from "../otel/suppression.js";

export const TRACE_PARENT = "traceparent";
export const TRACE_STATE = "tracestate";
/** `sampled` and, since level 2, `random`; version 00 defines no other flag, and unknown ones are not passed on. */
export const KNOWN_FLAGS = 0b11;

/**
 * Carries a trace to another process in the headers `traceparent` and `tracestate`, by the W3C Recommendation "Trace
 * Context". Takes none over: a page is where traces begin. Never throws.
 */
export class W3CInjector implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context);
    if (!span || !isSpanContextValid(span) || isTracingSuppressed(context)) return;
    setter.set(carrier, TRACE_PARENT, formatTraceParent(span));
    const state = span.traceState?.serialize();
    if (state) setter.set(carrier, TRACE_STATE, state);
  }

  extract(context: Context, _carrier: unknown, _getter: TextMapGetter): Context {
    return context;
  }

  fields(): string[] {
    return [TRACE_PARENT, TRACE_STATE];
  }
}

/** Value of the header `traceparent`, version 00. */
export function formatTraceParent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId.toLowerCase()}-${spanId.toLowerCase()}-0${traceFlags & KNOWN_FLAGS}`;
}
