import { type Context, context, trace } from "@opentelemetry/api";
import { nowNs, nsToHrTime } from "../clock.js";
import { DEFAULT_SPAN_NAME, SpanAttributeKey, type SpanType } from "../constants.js";
import { warn } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { NoOpSpan } from "../entities/no-op-span.js";
import { toMlflowTraceId } from "../ids.js";
import { getTracer } from "../provider.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";
import { getTraceContext } from "../telemetry/trace-context.js";
import { findActiveSpan, withSpanIn } from "./active-span.js";

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
  const startTime = nsToHrTime(options.startTimeNs || nowNs());
  const span = tracer.startSpan(
    options.name || DEFAULT_SPAN_NAME,
    { startTime },
    parentContext(active, options.parent),
  );
  const { traceId, spanId } = span.spanContext();
  const live = InMemoryTraceManager.getInstance().getSpan(toMlflowTraceId(traceId), spanId);
  if (!live) return new NoOpSpan();
  if (options.spanType) live.setAttribute(SpanAttributeKey.SPAN_TYPE, options.spanType);
  if (options.inputs !== undefined) live.setInputs(options.inputs);
  live.setAttributes(options.attributes);
  return live;
}

/** Spans of traces that are finished, or that are not MLflow's, are no parents: the new span starts a trace. */
function parentContext(active: Context, explicit: LiveSpan | undefined): Context {
  const parent = findActiveSpan(explicit ? withSpanIn(active, explicit) : active);
  return parent ? withSpanIn(active, parent) : trace.deleteSpan(active);
}
