import type { Context, SpanContext } from "@opentelemetry/api";
import { nsToHrTime } from "../clock.js";
import { DEFAULT_SPAN_NAME, type SpanType } from "../constants.js";
import { warn } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { NoOpSpan } from "../entities/no-op-span.js";
import { context, trace } from "../otel/api.js";
import { getTracer } from "../provider.js";
import { isRemoteTrace } from "../telemetry/remote-trace.js";
import { getTraceContext } from "../telemetry/trace-context.js";
import { findActiveSpan } from "./active-span.js";

/** What a new span starts with. */
export interface SpanOptions {
  name: string;
  spanType?: SpanType;
  inputs?: unknown;
  attributes?: Record<string, unknown>;
  /** Nanoseconds since the epoch; now by default. */
  startTimeNs?: number | bigint;
  /** The parent; by default the active span, and no parent where none is active. */
  parent?: LiveSpan;
}

/**
 * Starts a span. It is not made active, and it lasts until `end` is called. Never throws: when nothing is recorded, the
 * result is a span that does nothing.
 *
 * @example
 * const span = startSpan({ name: "plan", spanType: SpanType.CHAIN, inputs: { goal } });
 * span.end({ outputs: plan });
 */
export function startSpan(options: SpanOptions): LiveSpan {
  try {
    return start(options);
  } catch (error) {
    warn("Failed to start span", error);
    return new NoOpSpan();
  }
}

function start(options: SpanOptions): LiveSpan {
  const tracer = getTracer();
  const active = context.active();
  if (!tracer || !getTraceContext(active).enabled || options.parent instanceof NoOpSpan) return new NoOpSpan();
  // Spans of traces that are finished, or that are not MLflow's, are no parents: the new span then starts a trace.
  const { parent: explicit } = options;
  const parent = explicit?._trace?.inProgress ? explicit : findActiveSpan(active);
  const parentContext = parent?._span.spanContext() ?? remoteParent(active);
  const startTime = options.startTimeNs ? nsToHrTime(options.startTimeNs) : undefined;
  const live = tracer.record(options.name || DEFAULT_SPAN_NAME, parentContext, active, { startTime });
  if (!live) return new NoOpSpan();
  if (options.spanType) live.setSpanType(options.spanType);
  if (options.inputs !== undefined) live.setInputs(options.inputs);
  if (options.attributes) live.setAttributes(options.attributes);
  return live;
}

/** The span of another process that `withTracingContextFromHeaders` has read. */
function remoteParent(active: Context): SpanContext | undefined {
  const remote = trace.getSpanContext(active);
  return remote && isRemoteTrace(active, remote.traceId) ? remote : undefined;
}
