import { type Context, context, createContextKey, trace } from "@opentelemetry/api";
import { LiveSpan } from "../entities/live-span.js";
import { toMlflowTraceId } from "../ids.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";

/** Finds our span again when a span of somebody else's provider has been made active within it. */
const OWN_SPAN = createContextKey("mlflow active span");

/** `base` with `span` as the active span. */
export function withSpanIn(base: Context, span: LiveSpan): Context {
  return trace.setSpan(base.setValue(OWN_SPAN, span), span._span);
}

/** The innermost span in `from` that belongs to a trace in progress. */
export function findActiveSpan(from: Context): LiveSpan | null {
  const manager = InMemoryTraceManager.getInstance();
  const active = trace.getSpan(from)?.spanContext();
  const known = active ? manager.getSpan(toMlflowTraceId(active.traceId), active.spanId) : null;
  if (known) return known;
  const own = from.getValue(OWN_SPAN);
  return own instanceof LiveSpan ? manager.getSpan(own.traceId, own.spanId) : null;
}

/** The span that is active here; `null` outside of one, and before `init`. */
export function getCurrentActiveSpan(): LiveSpan | null {
  try {
    return findActiveSpan(context.active());
  } catch {
    return null;
  }
}

/**
 * Runs `fn` with `span` as the active span, and returns what it returns. Does not end the span: for spans that outlive the
 * call, such as those of streams.
 */
export function withActiveSpan<T>(span: LiveSpan, fn: () => T): T {
  return context.with(withSpanIn(context.active(), span), fn);
}
