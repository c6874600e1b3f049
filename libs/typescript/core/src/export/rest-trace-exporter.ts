import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { MlflowClient } from "../client/mlflow-client.js";
import { TraceTagKey } from "../constants.js";
import { warn } from "../diagnostics.js";
import { describeThrown } from "../entities/span-event.js";
import type { Trace } from "../entities/trace.js";
import { ExportQueue } from "./export-queue.js";
import type { FinishedTrace, TraceExporter } from "./trace-exporter.js";

/**
 * Sends traces by MLflow's REST API: the trace info by POST, then the spans as `traces.json`. Each failure is reported once
 * through the diagnostics channel; the same failure in a row is reported the first time and then counted.
 */
export class RestTraceExporter implements TraceExporter {
  readonly #client: Pick<MlflowClient, "createTrace" | "uploadTraceData">;
  readonly #queue = new ExportQueue<Trace>((trace) => this.#send(trace), { items: 1_000, bytes: Infinity, running: 8 });
  #dropped = 0;
  #lastFailure = "";
  #repeated = 0;

  constructor(client: Pick<MlflowClient, "createTrace" | "uploadTraceData">) {
    this.#client = client;
  }

  /** Traces that were dropped because too many waited to be sent. */
  get dropped(): number {
    return this.#dropped;
  }

  export({ trace }: FinishedTrace): void {
    if (this.#queue.add(trace.info.traceId, trace, 0)) return;
    if (this.#dropped++ === 0) warn("Traces are dropped: too many are waiting to be sent");
  }

  flush(): Promise<void> {
    return this.#queue.drained();
  }

  async #send(trace: Trace): Promise<void> {
    try {
      // Instrumented HTTP clients must not trace the sending of traces.
      await context.with(suppressTracing(ROOT_CONTEXT), () => this.#upload(trace));
      this.#succeeded();
    } catch (error) {
      this.#failed(trace, error);
    }
  }

  async #upload({ info, data }: Trace): Promise<void> {
    const stored = await this.#client.createTrace(info);
    // Spans in the server's database win over an artifact, so uploading one would be of no use.
    if (stored.tags[TraceTagKey.SPANS_LOCATION] === "TRACKING_STORE") return;
    await this.#client.uploadTraceData(stored, data);
  }

  #succeeded(): void {
    if (this.#repeated > 0) warn(`${this.#repeated} more traces could not be sent before for the same reason`);
    this.#lastFailure = "";
    this.#repeated = 0;
  }

  #failed(trace: Trace, error: unknown): void {
    const { message } = describeThrown(error);
    if (message === this.#lastFailure) {
      this.#repeated++;
      return;
    }
    this.#lastFailure = message;
    warn(`Failed to send the trace ${trace.info.traceId}: ${message}`);
  }
}
