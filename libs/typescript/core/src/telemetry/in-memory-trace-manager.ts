import { warn } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { Trace } from "../entities/trace.js";
import { TraceData } from "../entities/trace-data.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { toOtelTraceId } from "../ids.js";
import { LiveTrace } from "./live-trace.js";
import { fillPreviews } from "./previews.js";

/** Traces that may be in progress at once; the oldest is dropped when there are more. */
export const MAX_LIVE_TRACES = 1_000;
/** Spans that one trace may have; later ones are not recorded. */
export const MAX_SPANS_PER_TRACE = 20_000;
/** Finished traces that are remembered, so that a late span is not taken for a trace of its own. */
const MAX_FINISHED_IDS = 1_000;

/** What was dropped because a limit was reached. */
export interface TraceManagerDropped {
  traces: number;
  spans: number;
}

/**
 * The traces in progress within this process.
 *
 * @example InMemoryTraceManager.getInstance().getTrace(span.traceId)?.info.tags
 */
export class InMemoryTraceManager {
  static #instance: InMemoryTraceManager | undefined;

  /** MLflow id of the trace whose root ended last. */
  lastActiveTraceId: string | undefined;
  readonly dropped: TraceManagerDropped = { traces: 0, spans: 0 };
  readonly #traces = new Map<string, LiveTrace>();
  readonly #finished = new Set<string>();

  /** The one of this process. */
  static getInstance(): InMemoryTraceManager {
    InMemoryTraceManager.#instance ??= new InMemoryTraceManager();
    return InMemoryTraceManager.#instance;
  }

  /** Forgets everything. For tests. */
  static reset(): void {
    for (const trace of InMemoryTraceManager.#instance?.traces() ?? []) trace.inProgress = false;
    InMemoryTraceManager.#instance = undefined;
  }

  /** Takes a trace that begins; drops the oldest where there are too many. */
  registerTrace(otelTraceId: string, info: TraceInfo, isRemote = false): LiveTrace {
    const oldest = this.#traces.size >= MAX_LIVE_TRACES ? this.#traces.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.dropped.traces++;
      this.#remove(oldest);
      warn(`A trace was dropped: more than ${MAX_LIVE_TRACES} are in progress (${this.dropped.traces} dropped so far)`);
    }
    const trace = new LiveTrace(otelTraceId, info, isRemote);
    this.#traces.set(otelTraceId, trace);
    return trace;
  }

  /**
   * Takes a span that has started.
   *
   * @returns whether the span is kept; `false` when its trace is unknown or full
   */
  registerSpan(span: LiveSpan): boolean {
    const trace = span._trace;
    if (!trace?.inProgress) return false;
    if (trace.spanDict.size >= MAX_SPANS_PER_TRACE) {
      if (this.dropped.spans++ === 0) warn(`Spans are dropped: a trace has more than ${MAX_SPANS_PER_TRACE}`);
      return false;
    }
    trace.spanDict.set(span.spanId, span);
    trace.openSpans++;
    return true;
  }

  /** A trace in progress by its id, `tr-<32 hex digits>`; `null` when there is none. */
  getTrace(mlflowTraceId: string): LiveTrace | null {
    return this.getTraceByOtelId(toOtelTraceId(mlflowTraceId));
  }

  /** A trace in progress by OpenTelemetry's id, 32 hex digits; `null` when there is none. */
  getTraceByOtelId(otelTraceId: string): LiveTrace | null {
    return this.#traces.get(otelTraceId) ?? null;
  }

  /** The traces in progress, the oldest first. */
  traces(): LiveTrace[] {
    return [...this.#traces.values()];
  }

  /** A span of a trace in progress, open or ended; `null` when there is none. */
  getSpan(mlflowTraceId: string, spanId: string): LiveSpan | null {
    return this.getTrace(mlflowTraceId)?.spanDict.get(spanId) ?? null;
  }

  /** The id that MLflow gives to a trace in progress; `null` when there is none. */
  getMlflowTraceIdFromOtelId(otelTraceId: string): string | null {
    return this.#traces.get(otelTraceId)?.info.traceId ?? null;
  }

  /** The trace as it stands, with previews; it stays in progress. */
  snapshot(otelTraceId: string): Trace | null {
    const live = this.#traces.get(otelTraceId);
    if (!live) return null;
    const spans = [...live.spanDict.values()];
    if (!live.isRemote) fillPreviews(live);
    return new Trace(live.info, new TraceData(spans));
  }

  /** The trace as it stands, with previews; it is no longer in progress. */
  popTrace(otelTraceId: string): Trace | null {
    const trace = this.snapshot(otelTraceId);
    if (trace) this.#forget(otelTraceId);
    return trace;
  }

  /** Whether a trace of this id was finished not long ago. */
  isFinished(otelTraceId: string): boolean {
    return this.#finished.has(otelTraceId);
  }

  #remove(otelTraceId: string): void {
    const trace = this.#traces.get(otelTraceId);
    if (trace) trace.inProgress = false;
    this.#traces.delete(otelTraceId);
  }

  #forget(otelTraceId: string): void {
    this.#remove(otelTraceId);
    this.#finished.add(otelTraceId);
    const oldest = this.#finished.size > MAX_FINISHED_IDS ? this.#finished.values().next().value : undefined;
    if (oldest !== undefined) this.#finished.delete(oldest);
  }
}
