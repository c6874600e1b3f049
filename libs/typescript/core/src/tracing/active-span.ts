import type { Context } from "@opentelemetry/api";
import type { LiveSpan } from "../entities/live-span.js";
import { toMlflowTraceId } from "../ids.js";
import { context, trace } from "../otel/api.js";
import { RecordedSpan } from "../otel/recorded-span.js";
import { ownSpanIn, SpanFrame } from "../otel/span-frame.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";

/** `base` with `span` as the active span. */
export function withSpanIn(base: Context, span: LiveSpan): Context {
  return new SpanFrame(base, span);
}

/** The innermost span in `from` that belongs to a trace in progress. */
export function findActiveSpan(from: Context): LiveSpan | null {
  const active = trace.getSpan(from);
  const live = active instanceof RecordedSpan ? active.live : undefined;
  if (live?._trace?.inProgress) return live;
  if (active && !live) {
    const { traceId, spanId } = active.spanContext();
    const known = InMemoryTraceManager.getInstance().getSpan(toMlflowTraceId(traceId), spanId);
    if (known) return known;
  }
  const own = ownSpanIn(from);
  return own?._trace?.inProgress ? own : null;
}

/**
 * The span that is active here; `null` outside of one, and before `init`.
 *
 * @example getCurrentActiveSpan()?.setAttribute("city", "Oslo");
 */
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
 *
 * @example
 * const span = startSpan({ name: "answer" });
 * const stream = await withActiveSpan(span, () => client.messages.create({ ...request, stream: true }));
 */
export function withActiveSpan<T>(span: LiveSpan, fn: () => T): T {
  return context.with(withSpanIn(context.active(), span), fn);
}
