import type { Context, SpanContext, TextMapGetter } from "@opentelemetry/api";
import { isSpanContextValid, trace } from "../otel/api.js";
import { KNOWN_FLAGS, TRACE_PARENT, TRACE_STATE, W3CInjector } from "./w3c-injector.js";
import { parseTraceState } from "./w3c-trace-state.js";

/** Characters; version 00 has 55, and later versions little more. */
const MAX_TRACE_PARENT = 512;
/** Characters; 32 members of the greatest length have fewer. */
const MAX_TRACE_STATE = 16_896;

/**
 * Carries a trace from one process to another, both ways, by the W3C Recommendation "Trace Context". A header that breaks
 * its rules is ignored as a whole. Never throws.
 */
export class W3CPropagator extends W3CInjector {
  override extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
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
