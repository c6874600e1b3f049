import type { Context } from "@opentelemetry/api";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { toMlflowTraceId } from "../ids.js";
import type { ReadableSpan, RecordingSpan } from "../otel/readable-span.js";
import { getDestination, getRecorder } from "../provider.js";
import { InMemoryTraceManager } from "./in-memory-trace-manager.js";

/**
 * A span processor for an application that has an OpenTelemetry provider of its own: every span of that provider becomes one
 * of MLflow's, beside whatever else its other processors do. `init` says where the traces go.
 *
 * Not needed where `init` comes first or there is no other provider: then other libraries' spans are recorded anyway.
 *
 * @example
 * init({ trackingUri: "http://localhost:5000", experimentId: "1" });
 * new NodeTracerProvider({ spanProcessors: [new MlflowSpanProcessor(), ...others] }).register();
 */
export class MlflowSpanProcessor {
  /** Starts the MLflow span that goes with `span`. Never throws. */
  onStart(span: RecordingSpan, parentContext: Context): void {
    guarded("Failed to record the start of a span", () => getRecorder().start(span, parentContext));
  }

  /** Settles status and log level while `span` can still be written. Never throws. */
  onEnding(span: ReadableSpan): void {
    guarded("Failed to settle a span", () => find(span)?.settle());
  }

  /** Ends the MLflow span that goes with `span`, and with the root its trace. Never throws. */
  onEnd(span: ReadableSpan): void {
    const end = (): void => {
      const live = find(span);
      if (live) getRecorder().end(live);
    };
    guarded("Failed to record the end of a span", end);
  }

  /** Resolves when all finished traces are stored or given up. */
  async forceFlush(): Promise<void> {
    await getDestination()?.exporter.flush();
  }

  /** Flushes; the SDK itself goes on. */
  async shutdown(): Promise<void> {
    await this.forceFlush();
  }
}

function find(span: ReadableSpan): LiveSpan | null {
  const { traceId, spanId } = span.spanContext();
  return InMemoryTraceManager.getInstance().getSpan(toMlflowTraceId(traceId), spanId);
}
