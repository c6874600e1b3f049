import {
  type Context,
  createContextKey,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from "@opentelemetry/api";
import { parseTraceState } from "./w3c-trace-state.js";

const TRACE_PARENT = "traceparent";
const TRACE_STATE = "tracestate";
/** Characters; version 00 has 55, and later versions little more. */
const MAX_TRACE_PARENT = 512;
/** Characters; 32 members of the greatest length have fewer. */
const MAX_TRACE_STATE = 16_896;
/** `sampled` and, since level 2, `random`; version 00 defines no other flag, and unknown ones are not passed on. */
const KNOWN_FLAGS = 0b11;
/** OpenTelemetry's SDKs set it on contexts in which nothing is to be traced. */
const SUPPRESSED = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Carries a trace from one process to another in the headers `traceparent` and `tracestate`, by the W3C Recommendation "Trace
 * Context". A header that breaks its rules is ignored as a whole. Never throws.
 */
export class W3CPropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context);
    if (!span || !isSpanContextValid(span) || context.getValue(SUPPRESSED) === true) return;
    setter.set(carrier, TRACE_PARENT, formatTraceParent(span));
    const state = span.traceState?.serialize();
    if (state) setter.set(carrier, TRACE_STATE, state);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const parent = getter.get(carrier, TRACE_PARENT);
    // A header that came twice is as good as none.
    const header = Array.isArray(parent) ? (parent.length === 1 ? parent[0] : undefined) : parent;
    const span = typeof header === "string" ? parseTraceParent(header) : undefined;
    if (!span) return context;
    const state = getter.get(carrier, TRACE_STATE);
    const states = Array.isArray(state) ? state.join(",") : state;
    const traceState =
      typeof states === "string" && states.length <= MAX_TRACE_STATE ? parseTraceState(states) : undefined;
    return trace.setSpanContext(context, { ...span, isRemote: true, ...(traceState && { traceState }) });
  }

  fields(): string[] {
    return [TRACE_PARENT, TRACE_STATE];
  }
}

/** Value of the header `traceparent`, version 00. */
export function formatTraceParent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId.toLowerCase()}-${spanId.toLowerCase()}-0${traceFlags & KNOWN_FLAGS}`;
}

/** Reads the header `traceparent`; of a later version the part that is as in version 00. `undefined` when it is invalid. */
export function parseTraceParent(header: string): SpanContext | undefined {
  if (header.length > MAX_TRACE_PARENT) return undefined;
  const match = /^[ \t]*([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?[ \t]*$/.exec(header);
  const [, version, traceId = "", spanId = "", flags = "", rest] = match ?? [];
  if (!match || version === "ff" || (version === "00" && rest !== undefined)) return undefined;
  const span: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & KNOWN_FLAGS };
  return isSpanContextValid(span) ? span : undefined;
}
