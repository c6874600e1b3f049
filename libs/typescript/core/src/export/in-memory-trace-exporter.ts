import type { FinishedTrace, TraceExporter } from "./trace-exporter.js";

/** Traces that are kept at most; the oldest goes first. */
const MAX_TRACES = 10_000;

/**
 * Keeps finished traces for a test to look at. A trace that comes again, with late spans, replaces the first.
 *
 * @example
 * const exporter = new InMemoryTraceExporter();
 * init({ exporter });
 * withSpan(() => 42, { name: "answer" });
 * exporter.traces[0]?.trace.data.spans[0]?.outputs; // 42
 */
export class InMemoryTraceExporter implements TraceExporter {
  readonly #traces = new Map<string, FinishedTrace>();
  #dropped = 0;

  /** In the order in which they first came. */
  get traces(): FinishedTrace[] {
    return [...this.#traces.values()];
  }

  /** Traces that were forgotten because there were more than 10,000. */
  get dropped(): number {
    return this.#dropped;
  }

  export(finished: FinishedTrace): void {
    this.#traces.set(finished.trace.info.traceId, finished);
    const oldest = this.#traces.size > MAX_TRACES ? this.#traces.keys().next().value : undefined;
    if (oldest === undefined) return;
    this.#traces.delete(oldest);
    this.#dropped++;
  }

  async flush(): Promise<void> {}

  /**
   * Forgets the traces, not the count of what was dropped.
   *
   * @example afterEach(() => exporter.clear());
   */
  clear(): void {
    this.#traces.clear();
  }
}
