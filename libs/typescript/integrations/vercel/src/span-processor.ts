import { context, createContextKey, TraceFlags } from "@opentelemetry/api";
import { type TranslatableSpan, translateSpanForMlflow } from "./translate-span.js";

export { type TranslatableSpan, translateSpanForMlflow, translateSpansForMlflow } from "./translate-span.js";

/** A finished span of OpenTelemetry's SDK, as far as it matters here. */
export interface ExportableSpan extends TranslatableSpan {
  /** Whether the span is sampled: the lowest bit of `traceFlags`. */
  spanContext(): { readonly traceFlags: number };
}

/** OpenTelemetry's `SpanExporter`: any one fits. */
export interface SpanExporter {
  /** Sends spans; `done` is told code 0 when they arrived, else another and why. */
  export(spans: ExportableSpan[], done: (result: { readonly code: number; readonly error?: Error }) => void): void;
  /** Resolves when everything handed over is sent. */
  forceFlush?(): Promise<void>;
  /** Ends the exporter's work; it is given nothing afterwards. */
  shutdown(): Promise<void>;
}

/** Limits of {@link MLflowSpanProcessor}. */
export interface SpanProcessorOptions {
  /** Spans that may wait for export; later ones are dropped and counted. 2048 by default. */
  readonly maxQueueSize?: number;
  /** Spans of one export. 512 by default. */
  readonly maxBatchSize?: number;
  /** Longest time, in ms, that a span waits. 5000 by default. */
  readonly delayMs?: number;
  /** Time, in ms, after which an export counts as failed. 30000 by default. */
  readonly exportTimeoutMs?: number;
}

/** The key by which OpenTelemetry's instrumentations know that a request is an export, not to be traced itself. */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * A span processor for applications with an OpenTelemetry setup of their own: translates the AI SDK's spans to MLflow's terms
 * as they end, and sends all spans on in batches. For an OTLP exporter to MLflow.
 *
 * @example
 * new NodeTracerProvider({ spanProcessors: [new MLflowSpanProcessor(new OTLPTraceExporter({ url, headers }))] }).register();
 */
export class MLflowSpanProcessor {
  /** Spans that were given up: more came than could wait, or their export failed. */
  dropped = 0;
  readonly #exporter: SpanExporter;
  readonly #limits: Required<SpanProcessorOptions>;
  readonly #waiting: ExportableSpan[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #exporting: Promise<void> = Promise.resolve();
  #isShutDown = false;

  constructor(exporter: SpanExporter, options: SpanProcessorOptions = {}) {
    this.#exporter = exporter;
    this.#limits = { maxQueueSize: 2048, maxBatchSize: 512, delayMs: 5000, exportTimeoutMs: 30_000, ...options };
  }

  /** Does nothing: spans are translated when they end. */
  onStart(): void {}

  /** Translates a span and lets it wait for the next export; spans that are not sampled are left out. */
  onEnd(span: ExportableSpan): void {
    if (this.#isShutDown || (span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    translateSpanForMlflow(span);
    if (this.#waiting.length >= this.#limits.maxQueueSize) {
      this.dropped++;
      return;
    }
    this.#waiting.push(span);
    if (this.#waiting.length >= this.#limits.maxBatchSize) this.#exportSoon(0);
    else this.#exportSoon(this.#limits.delayMs);
  }

  /** Resolves when all spans that have ended are exported or given up. Never rejects. */
  async forceFlush(): Promise<void> {
    this.#exportWaiting();
    await this.#exporting;
    await this.#exporter.forceFlush?.().catch(() => {});
  }

  /** Exports what waits, then shuts the exporter down. Spans that end later are not recorded. */
  async shutdown(): Promise<void> {
    if (this.#isShutDown) return;
    this.#isShutDown = true;
    await this.forceFlush();
    await this.#exporter.shutdown().catch(() => {});
  }

  #exportSoon(delayMs: number): void {
    if (this.#timer !== undefined && delayMs > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#exportWaiting(), delayMs);
    // A process that is done does not wait for it; in browsers the timer is a number.
    if (typeof this.#timer === "object") this.#timer.unref?.();
  }

  #exportWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#limits.maxBatchSize);
      this.#exporting = this.#exporting.then(() => this.#export(batch));
    }
  }

  async #export(batch: ExportableSpan[]): Promise<void> {
    const { promise: timeout, stop } = after(this.#limits.exportTimeoutMs);
    const succeeded = await Promise.race([this.#attempt(batch), timeout]);
    stop();
    if (!succeeded) this.dropped += batch.length;
  }

  #attempt(batch: ExportableSpan[]): Promise<boolean> {
    return new Promise((resolve) => {
      try {
        const untraced = context.active().setValue(SUPPRESS_TRACING, true);
        context.with(untraced, () => this.#exporter.export(batch, ({ code }) => resolve(code === 0)));
      } catch {
        resolve(false);
      }
    });
  }
}

function after(ms: number): { promise: Promise<false>; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const promise = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return { promise, stop: () => clearTimeout(timer) };
}
