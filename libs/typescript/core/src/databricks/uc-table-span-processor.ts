import type { Context } from "@opentelemetry/api";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { moveToUnityCatalog, type UcTablePrefix } from "../entities/uc-trace-info.js";
import type { TraceExporter } from "../export/trace-exporter.js";
import { toMlflowTraceId } from "../ids.js";
import type { ReadableSpan, RecordingSpan } from "../otel/readable-span.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";
import { TraceRecorder } from "../telemetry/trace-recorder.js";

/**
 * A span processor that sends every span of an OpenTelemetry provider to tables of Unity Catalog. It needs no `init`, and is
 * not for a program that also calls it: that would record each span twice.
 *
 * @example
 * const exporter = new DatabricksUCTableSpanExporter(new MlflowClient({ trackingUri: "databricks" }));
 * const location = { catalogName: "main", schemaName: "agents", tablePrefix: "chat" };
 * new NodeTracerProvider({ spanProcessors: [new DatabricksUCTableSpanProcessor(exporter, location)] }).register();
 */
export class DatabricksUCTableSpanProcessor {
  readonly #exporter: TraceExporter;
  readonly #recorder: TraceRecorder;

  constructor(exporter: TraceExporter, location: UcTablePrefix) {
    this.#exporter = exporter;
    const tables = { ...location };
    const place = (info: TraceInfo) => moveToUnityCatalog(info, tables);
    this.#recorder = new TraceRecorder(() => ({ experimentId: "", exporter, place }));
  }

  /** Records the start of a span and its place in the trace. Never throws. */
  onStart(span: RecordingSpan, parentContext: Context): void {
    guarded("Failed to record the start of a span", () => this.#recorder.start(span, parentContext));
  }

  /** Settles the status of a span before it becomes unchangeable. Never throws. */
  onEnding(span: ReadableSpan): void {
    guarded("Failed to settle a span", () => find(span)?.settle());
  }

  /** Records the end of a span. The exporter gets the trace when its root ends, and again with late spans. Never throws. */
  onEnd(span: ReadableSpan): void {
    const end = (): void => {
      const live = find(span);
      if (live) this.#recorder.end(live);
    };
    guarded("Failed to record the end of a span", end);
  }

  /** Resolves when the exporter has sent or given up all traces that it was handed. */
  async forceFlush(): Promise<void> {
    await this.#exporter.flush();
  }

  /** Flushes. The exporter stays usable. */
  async shutdown(): Promise<void> {
    await this.forceFlush();
  }
}

function find(span: ReadableSpan): LiveSpan | null {
  const { traceId, spanId } = span.spanContext();
  return InMemoryTraceManager.getInstance().getSpan(toMlflowTraceId(traceId), spanId);
}
