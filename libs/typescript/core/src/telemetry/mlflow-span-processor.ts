import type { Context } from "@opentelemetry/api";
import type { Span as OtelSpan, ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { hrTimeToMs } from "../clock.js";
import { TRACE_SCHEMA_VERSION, TraceMetadataKey, TraceTagKey } from "../constants.js";
import { guarded, warn } from "../diagnostics.js";
import { LiveSpan } from "../entities/live-span.js";
import { TraceInfo } from "../entities/trace-info.js";
import { createTraceLocationFromExperimentId } from "../entities/trace-location.js";
import { TraceState, traceStateOf } from "../entities/trace-state.js";
import type { TraceExporter } from "../export/trace-exporter.js";
import { toMlflowTraceId } from "../ids.js";
import { runEndHooks, runStartHooks } from "./hooks.js";
import { InMemoryTraceManager } from "./in-memory-trace-manager.js";
import { aggregateTokenUsage } from "./token-usage.js";
import { getTraceContext } from "./trace-context.js";

/** Where the processor sends traces, and under which experiment. */
export interface TraceDestination {
  readonly experimentId: string;
  readonly exporter: TraceExporter;
}

/**
 * Makes MLflow's spans and traces of OpenTelemetry's spans.
 *
 * A trace is exported when its root ends. Spans that are still open then are exported open (without an end); when the last
 * of them has ended, the whole trace is exported once more in place of the first.
 */
export class MlflowSpanProcessor implements SpanProcessor {
  readonly #destination: () => TraceDestination | undefined;

  constructor(destination: () => TraceDestination | undefined) {
    this.#destination = destination;
  }

  onStart(span: OtelSpan, parentContext: Context): void {
    guarded("Failed to record the start of a span", () => this.#start(span, parentContext), undefined);
  }

  onEnding(span: OtelSpan): void {
    guarded("Failed to settle a span", () => this.#find(span)?.settle(), undefined);
  }

  onEnd(span: ReadableSpan): void {
    guarded("Failed to record the end of a span", () => this.#end(span), undefined);
  }

  async forceFlush(): Promise<void> {
    await this.#destination()?.exporter.flush();
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
  }

  #start(span: OtelSpan, parentContext: Context): void {
    const destination = this.#destination();
    if (!destination || !getTraceContext(parentContext).enabled) return;
    const manager = InMemoryTraceManager.getInstance();
    const { traceId } = span.spanContext();
    if (manager.isFinished(traceId)) {
      warn(`The span ${span.name} was not recorded: its trace is finished`);
      return;
    }
    const mlflowId = toMlflowTraceId(traceId);
    const parentId = span.parentSpanContext?.spanId;
    // A parent that belongs to somebody else's trace is not shown: then this span is the root here.
    const parent = parentId === undefined ? null : manager.getSpan(mlflowId, parentId);
    if (!manager.getTrace(mlflowId)) manager.registerTrace(traceId, newTraceInfo(span, parentContext, destination));
    const live = new LiveSpan(span, mlflowId, parent ? parent.spanId : null);
    if (manager.registerSpan(live)) runStartHooks(live);
  }

  #end(span: ReadableSpan): void {
    const live = this.#find(span);
    if (!live) return;
    runEndHooks(live);
    const manager = InMemoryTraceManager.getInstance();
    const trace = manager.getTrace(live.traceId);
    if (!trace) return;
    const root = trace.spanDict.values().next().value;
    if (!root?._span.ended) return;
    const spans = [...trace.spanDict.values()];
    const allEnded = spans.every((other) => other._span.ended);
    if (live !== root && !allEnded) return;
    if (live === root) manager.lastActiveTraceId = live.traceId;
    finishTraceInfo(trace.info, root, spans);
    const otelTraceId = span.spanContext().traceId;
    const finished = allEnded ? manager.popTrace(otelTraceId) : manager.snapshot(otelTraceId);
    if (finished) this.#destination()?.exporter.export({ trace: finished, isRemote: false, attachments: [] });
  }

  #find(span: ReadableSpan): LiveSpan | null {
    const { traceId, spanId } = span.spanContext();
    return InMemoryTraceManager.getInstance().getSpan(toMlflowTraceId(traceId), spanId);
  }
}

function newTraceInfo(span: OtelSpan, context: Context, { experimentId }: TraceDestination): TraceInfo {
  const { metadata, tags } = getTraceContext(context);
  return new TraceInfo({
    traceId: toMlflowTraceId(span.spanContext().traceId),
    traceLocation: createTraceLocationFromExperimentId(experimentId),
    requestTime: hrTimeToMs(span.startTime),
    executionDuration: 0,
    state: TraceState.IN_PROGRESS,
    traceMetadata: { [TraceMetadataKey.SCHEMA_VERSION]: TRACE_SCHEMA_VERSION, ...metadata },
    tags: { [TraceTagKey.TRACE_NAME]: span.name, ...tags },
  });
}

function finishTraceInfo(info: TraceInfo, root: LiveSpan, spans: readonly LiveSpan[]): void {
  info.executionDuration = hrTimeToMs(root._span.endTime) - info.requestTime;
  info.state = traceStateOf(root.status.statusCode);
  const usage = aggregateTokenUsage(spans);
  if (usage) info.traceMetadata[TraceMetadataKey.TOKEN_USAGE] = JSON.stringify(usage);
}
