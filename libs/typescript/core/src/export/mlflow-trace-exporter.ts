import { guardExports } from "#guard";
import type { AuthProvider } from "../auth/auth-provider.js";
import { warn } from "../diagnostics.js";
import { withoutTracing } from "../otel/suppression.js";
import { ExportQueue } from "./export-queue.js";
import { FailureLog } from "./failure-log.js";
import type { ExportGuard, Outbox, Outcome, UnsentTrace } from "./outbox.js";
import { isTransient, Retrier, type RetryPolicy } from "./retry.js";
import type { FinishedTrace, TraceExporter } from "./trace-exporter.js";
import { TraceSender, type UploadSpans } from "./trace-sender.js";
import { estimateBytes } from "./trace-size.js";

const FLUSH_LIMIT_MS = 30_000;
const DEFAULT_LIMITS = { items: 1_000, bytes: 64 * 1024 * 1024, running: 4 };

/** What an {@link MlflowTraceExporter} is made of. */
export interface MlflowTraceExporterOptions {
  /** Where the server is, and the headers for it. */
  readonly authProvider: AuthProvider;
  /** Experiment of traces whose info names none. */
  readonly experimentId: string;
  /** Traces that have not finished, asked for when a Node.js process exits. */
  readonly openTraces?: (() => readonly FinishedTrace[]) | undefined;
  /** Completes a trace before it is sent, in the background; what it rejects with is reported, and the trace is sent as it is. */
  readonly prepare?: ((finished: FinishedTrace) => Promise<void>) | undefined;
  /** Stores spans where the server takes neither OTLP nor artifacts, as a Databricks workspace does. */
  readonly uploadSpans?: UploadSpans | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Traces that may wait at once; 1,000 by default. */
  readonly maxTraces?: number | undefined;
  /** Bytes that these may take, estimated; 64 MiB by default. */
  readonly maxBytes?: number | undefined;
}

/** What became of the traces that an {@link MlflowTraceExporter} was given. */
export interface ExportCounters {
  /** Traces that the server has. */
  stored: number;
  /** Traces that the server refused, or that could not be sent and could not be kept either. */
  failed: number;
  /** Traces that were not taken because too many waited. */
  dropped: number;
  /** Traces that could not be sent and were kept in a file for the next start. */
  kept: number;
  /** Traces that did not fit in what a page may send when it ends. */
  leftBehind: number;
  /** Spans that were left out of their trace because they made the server refuse it. */
  refusedSpans: number;
}

interface Entry {
  readonly finished: FinishedTrace;
  readonly bytes: number;
  readonly settled: ((outcome: Outcome) => void) | undefined;
  outcome: Outcome | undefined;
  /** Requests of a page that ends. */
  sending?: Promise<void>;
}

/**
 * Sends traces to a tracking server. Failures are tried again for about a minute, then reported through the diagnostics
 * channel: the same failure in a row once, and then counted. In Node.js, what is unsent when the process ends is kept in
 * files and sent at the next start; in browsers, what fits is sent as the page ends.
 *
 * @example
 * const exporter = new MlflowTraceExporter({ authProvider, experimentId: "1" });
 * exporter.export({ trace, isRemote: false, attachments: [] });
 * await exporter.flush();
 * console.log(exporter.counters.stored);
 */
export class MlflowTraceExporter implements TraceExporter {
  readonly #counters = { stored: 0, failed: 0, dropped: 0, kept: 0, leftBehind: 0 };
  readonly #failures = new FailureLog();
  readonly #retrier: Retrier;
  readonly #sender: TraceSender;
  readonly #queue: ExportQueue<Entry>;
  readonly #guard: ExportGuard;
  readonly #prepare: MlflowTraceExporterOptions["prepare"];
  #toldDropped = 0;

  constructor(options: MlflowTraceExporterOptions) {
    const { authProvider, experimentId, openTraces = () => [], maxTraces, maxBytes } = options;
    this.#prepare = options.prepare;
    this.#retrier = new Retrier(options.retry);
    this.#sender = new TraceSender(authProvider, experimentId, this.#retrier, options.uploadSpans);
    this.#queue = new ExportQueue((entry) => withoutTracing(() => this.#work(entry)), {
      items: maxTraces ?? DEFAULT_LIMITS.items,
      bytes: maxBytes ?? DEFAULT_LIMITS.bytes,
      running: DEFAULT_LIMITS.running,
    });
    this.#guard = guardExports(this.#outbox(withoutCredentials(authProvider.getHost()), openTraces));
  }

  get counters(): Readonly<ExportCounters> {
    return { ...this.#counters, refusedSpans: this.#sender.refusedSpans };
  }

  export(finished: FinishedTrace): void {
    try {
      if (this.#add(finished, undefined)) return;
      if (this.#counters.dropped++ === 0) warn("Traces are dropped: too many are waiting to be sent");
    } catch (error) {
      this.#counters.failed++;
      warn("Failed to export a trace", error);
    }
  }

  /**
   * Resolves when all traces are stored or given up, further tries included, or after `limitMs` (30,000 by default)
   * whatever happens; then they are still tried. Never rejects.
   */
  async flush(limitMs = FLUSH_LIMIT_MS): Promise<void> {
    const letGo = this.#retrier.keepAlive();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), limitMs);
    });
    const isLate = await Promise.race([this.#queue.drained().then(() => false), late]);
    clearTimeout(timer);
    letGo();
    if (isLate) warn(`A flush ended after ${limitMs} ms: ${this.#queue.size} traces are not stored yet`);
    this.#tellDropped();
  }

  /**
   * Flushes, and no longer looks after the end of the program. Traces are still taken afterwards. Never rejects.
   *
   * @example await exporter.close();
   */
  async close(): Promise<void> {
    await this.flush();
    if (this.#queue.size === 0) this.#guard.release();
    else void this.#queue.drained().then(() => this.#guard.release());
  }

  #add(finished: FinishedTrace, settled: Entry["settled"]): boolean {
    const bytes = estimateBytes(finished);
    return this.#queue.add(finished.trace.info.traceId, { finished, bytes, settled, outcome: undefined }, bytes);
  }

  async #work(entry: Entry): Promise<void> {
    await entry.sending;
    if (entry.outcome) return;
    try {
      await this.#complete(entry.finished);
      const isStored = await this.#sender.send(entry.finished);
      this.#settle(entry, isStored ? "stored" : "refused");
      if (this.#failures.succeeded()) this.#guard.resume();
    } catch (error) {
      this.#settle(entry, isTransient(error) ? "unreachable" : "refused");
      if (entry.outcome !== "stored") this.#failures.failed(entry.finished.trace.info.traceId, error);
    }
  }

  async #complete(finished: FinishedTrace): Promise<void> {
    try {
      await this.#prepare?.(finished);
    } catch (error) {
      warn("Failed to complete a trace before it was sent", error);
    }
  }

  #settle(entry: Entry, outcome: Outcome): void {
    if (entry.outcome) return;
    entry.outcome = outcome;
    if (outcome === "stored") this.#counters.stored++;
    else if (outcome === "unreachable" && (entry.settled || this.#guard.keep(entry.finished))) this.#counters.kept++;
    else this.#counters.failed++;
    entry.settled?.(outcome);
  }

  #abort(): void {
    for (const entry of this.#queue.items()) this.#settle(entry, "unreachable");
    this.#sender.abort();
  }

  #tellDropped(): void {
    const { dropped } = this.#counters;
    if (dropped > this.#toldDropped) warn(`${dropped - this.#toldDropped} traces were dropped: too many were waiting`);
    this.#toldDropped = dropped;
  }

  #outbox(trackingUri: string, openTraces: () => readonly FinishedTrace[]): Outbox {
    return {
      trackingUri,
      openTraces,
      send: (finished, settled) => this.#add(finished, settled),
      unsent: () => this.#queue.items().flatMap((entry) => (entry.outcome ? [] : [this.#unsent(entry)])),
      drain: (limitMs) => {
        this.#retrier.wake();
        return this.flush(limitMs);
      },
      abort: () => this.#abort(),
      post: (request) => withoutTracing(() => this.#sender.post(request)),
      leaveBehind: (traces) => {
        this.#counters.leftBehind += traces;
        warn(`${traces} traces did not fit in what a page may send when it ends`);
      },
    };
  }

  #unsent(entry: Entry): UnsentTrace {
    const { finished, bytes } = entry;
    return {
      finished,
      bytes,
      requests: () => this.#sender.requests(finished),
      settleBy: (sending) => {
        entry.sending = sending.then(
          () => this.#settle(entry, "stored"),
          () => {},
        );
      },
    };
  }
}

/** The URI names a server; who asks is for the headers to say, and nothing for a file. */
function withoutCredentials(uri: string): string {
  return uri.replace(/^(\w+:\/\/)[^/?#]*@/, "$1").replace(/\/+$/, "");
}
