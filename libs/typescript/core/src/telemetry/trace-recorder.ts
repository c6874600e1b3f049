import type { Context } from "@opentelemetry/api";
import { TRACE_NAME_TAG, TRACE_SCHEMA, TRACE_TOKEN_USAGE } from "../attribute-keys.js";
import { hrTimeToMs } from "../clock.js";
import { TRACE_SCHEMA_VERSION } from "../constants.js";
import { warn } from "../diagnostics.js";
import { LiveSpan } from "../entities/live-span.js";
import { TraceInfo } from "../entities/trace-info.js";
import { createTraceLocationFromExperimentId } from "../entities/trace-location.js";
import { traceStateOf } from "../entities/trace-state.js";
import type { TraceExporter } from "../export/trace-exporter.js";
import { toMlflowTraceId } from "../ids.js";
import type { RecordingSpan } from "../otel/readable-span.js";
import { runEndHooks, runStartHooks } from "./hooks.js";
import { InMemoryTraceManager } from "./in-memory-trace-manager.js";
import type { LiveTrace } from "./live-trace.js";
import { isRemoteTrace } from "./remote-trace.js";
import { aggregateTokenUsage } from "./token-usage.js";
import { getTraceContext } from "./trace-context.js";

/** Where finished traces go, and under which experiment. */
export interface TraceDestination {
  readonly experimentId: string;
  readonly exporter: TraceExporter;
  /** Files the info of a new trace elsewhere, e.g. in Unity Catalog. */
  readonly place?: ((info: TraceInfo) => TraceInfo) | undefined;
}

/**
 * Makes MLflow's spans and traces of OpenTelemetry's spans, whoever made them.
 *
 * A trace is exported when its root ends. Spans that are still open then are exported open (without an end); when the last
 * of them has ended, the whole trace is exported once more in place of the first. A trace that began in another process is
 * exported when all its spans of this process have ended.
 */
export class TraceRecorder {
  readonly #destination: () => TraceDestination | undefined;

  constructor(destination: () => TraceDestination | undefined) {
    this.#destination = destination;
  }

  /** @returns MLflow's view of the span; `undefined` when it is not recorded */
  start(span: RecordingSpan, context: Context): LiveSpan | undefined {
    const destination = this.#destination();
    if (!destination || !getTraceContext(context).enabled) return undefined;
    const manager = InMemoryTraceManager.getInstance();
    const { traceId } = span.spanContext();
    const trace = manager.getTraceByOtelId(traceId) ?? this.#startTrace(manager, span, context, destination);
    if (!trace) return undefined;
    const live = new LiveSpan(span, trace, parentIdOf(span, trace));
    if (!manager.registerSpan(live)) return undefined;
    runStartHooks(live);
    return live;
  }

  /** Takes the end of a span. */
  end(live: LiveSpan): void {
    runEndHooks(live);
    const trace = live._trace;
    if (!trace) return;
    trace.openSpans--;
    const { root } = trace;
    if (!trace.inProgress || !root) return;
    if (live !== root && trace.openSpans > 0) return;
    if (trace.isRemote ? trace.openSpans === 0 : root._span.ended) this.#finish(trace, root, live === root);
  }

  #startTrace(
    manager: InMemoryTraceManager,
    span: RecordingSpan,
    context: Context,
    destination: TraceDestination,
  ): LiveTrace | undefined {
    const { traceId } = span.spanContext();
    const isRemote = isRemoteTrace(context, traceId);
    if (!isRemote && manager.isFinished(traceId)) {
      warn(`The span ${span.name} was not recorded: its trace is finished`);
      return undefined;
    }
    return manager.registerTrace(traceId, newTraceInfo(span, context, destination), isRemote);
  }

  #finish(trace: LiveTrace, root: LiveSpan, rootHasJustEnded: boolean): void {
    const manager = InMemoryTraceManager.getInstance();
    if (rootHasJustEnded) manager.lastActiveTraceId = trace.info.traceId;
    const spans = [...trace.spanDict.values()];
    finishTraceInfo(trace.info, root, spans);
    const { otelTraceId, isRemote, attachments } = trace;
    const finished = trace.openSpans === 0 ? manager.popTrace(otelTraceId) : manager.snapshot(otelTraceId);
    if (finished) this.#destination()?.exporter.export({ trace: finished, isRemote, attachments: [...attachments] });
  }
}

/** A parent that belongs to somebody else's trace is not shown: then the span is the root here. */
function parentIdOf(span: RecordingSpan, trace: LiveTrace): string | null {
  const parentId = span.parentSpanContext?.spanId;
  if (parentId === undefined) return null;
  return trace.isRemote || trace.spanDict.has(parentId) ? parentId : null;
}

function newTraceInfo(span: RecordingSpan, context: Context, destination: TraceDestination): TraceInfo {
  const { experimentId, place } = destination;
  const { metadata, tags } = getTraceContext(context);
  const info = new TraceInfo({
    traceId: toMlflowTraceId(span.spanContext().traceId),
    traceLocation: createTraceLocationFromExperimentId(experimentId),
    requestTime: hrTimeToMs(span.startTime),
    executionDuration: 0,
    state: "IN_PROGRESS",
    traceMetadata: { [TRACE_SCHEMA]: TRACE_SCHEMA_VERSION, ...metadata },
    tags: { [TRACE_NAME_TAG]: span.name, ...tags },
  });
  return place ? place(info) : info;
}

function finishTraceInfo(info: TraceInfo, root: LiveSpan, spans: readonly LiveSpan[]): void {
  info.executionDuration = hrTimeToMs(root._span.endTime) - info.requestTime;
  info.state = traceStateOf(root.status.statusCode);
  const usage = aggregateTokenUsage(spans);
  if (usage) info.traceMetadata[TRACE_TOKEN_USAGE] = JSON.stringify(usage);
}
