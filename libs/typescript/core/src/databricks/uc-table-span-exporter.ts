import { MlflowConnectionError } from "../client/http-error.js";
import { warn } from "../diagnostics.js";
import type { Span } from "../entities/span.js";
import { describeThrown } from "../entities/span-event.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { getUcLocationString, getUcSpansTableName } from "../entities/uc-location.js";
import { ExportQueue } from "../export/export-queue.js";
import { Retrier } from "../export/retry.js";
import type { FinishedTrace, TraceExporter } from "../export/trace-exporter.js";
import { toOtelTraceId } from "../ids.js";
import { withoutTracing } from "../otel/suppression.js";

/** The part of `MlflowClient` that writes to Unity Catalog. */
export interface UcClient {
  /** Starts a trace; resolves to the server's copy. */
  createTraceInfoV4(location: string, otelTraceId: string, info: TraceInfo): Promise<TraceInfo>;
  /** Adds spans to a table, `catalog.schema.table`. */
  exportOtlpSpansToUc(spans: readonly Span[], spansTableName: string): Promise<void>;
}

const LIMITS = { items: 1_000, bytes: 256 * 1024 * 1024, running: 8 };
/** Traces with open spans whose sent spans are remembered. */
const MAX_REMEMBERED = 1_000;
/** Bytes, about, of a span without its attributes. */
const SPAN_BYTES = 500;

/**
 * Sends traces to tables of Unity Catalog: the trace info, then the spans by OTLP. A span is sent once, when it has ended,
 * though its trace may come several times. Requests are tried again; what fails in the end is reported the first time and
 * then counted in {@link failed}.
 *
 * @example
 * const exporter = new DatabricksUCTableSpanExporter(new MlflowClient({ trackingUri: "databricks" }));
 * const location = { catalogName: "main", schemaName: "agents", tablePrefix: "chat" };
 * new NodeTracerProvider({ spanProcessors: [new DatabricksUCTableSpanProcessor(exporter, location)] }).register();
 *
 * // When the program ends:
 * await exporter.flush();
 * console.log(exporter.failed, exporter.dropped);
 */
export class DatabricksUCTableSpanExporter implements TraceExporter {
  readonly #client: UcClient;
  readonly #queue = new ExportQueue<FinishedTrace>((finished) => this.#send(finished), LIMITS);
  readonly #retrier = new Retrier();
  /** Ids of the spans that were sent, by trace id. A table keeps what it is given, so a span must not be sent twice. */
  readonly #sent = new Map<string, Set<string>>();
  readonly #reported = new Set<string>();
  #dropped = 0;
  #failed = 0;

  constructor(client: UcClient) {
    this.#client = client;
  }

  /** Traces that were not taken because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Traces that could not be sent, or not completely. */
  get failed(): number {
    return this.#failed;
  }

  export(finished: FinishedTrace): void {
    const { info, data } = finished.trace;
    if (this.#queue.add(info.traceId, finished, sizeOf(data.spans))) return;
    this.#dropped++;
    this.#report("dropped", "Traces are dropped: too many are waiting to be sent");
  }

  async flush(): Promise<void> {
    const release = this.#retrier.keepAlive();
    await this.#queue.drained();
    release();
  }

  async #send(finished: FinishedTrace): Promise<void> {
    const { info } = finished.trace;
    try {
      // Instrumented HTTP clients must not trace the sending of traces.
      await withoutTracing(() => this.#upload(finished));
    } catch (error) {
      this.#failed++;
      const { message } = describeThrown(error);
      this.#report(`failed: ${message}`, `Failed to send the trace ${info.traceId} to Unity Catalog: ${message}`);
    }
  }

  async #upload({ trace: { info, data }, isRemote, attachments }: FinishedTrace): Promise<void> {
    const location = getUcLocationString(info.traceLocation);
    if (!location) throw new Error("its location is not in Unity Catalog");
    const { signal } = new AbortController();
    const post = () => this.#client.createTraceInfoV4(location, toOtelTraceId(info.traceId), info);
    const stored = isRemote ? info : await this.#retrier.run(post, signal);
    if (attachments.length > 0) this.#report("attachments", "Attachments are not kept in Unity Catalog");
    const table = getUcSpansTableName(stored.traceLocation) ?? getUcSpansTableName(info.traceLocation);
    if (!table) {
      this.#report("table", `Spans are not sent: the table for them is not known (${location})`);
      return;
    }
    const sent = this.#sent.get(info.traceId) ?? new Set();
    const spans = data.spans.filter((span) => span.endTime !== null && !sent.has(span.spanId));
    await this.#retrier.run(() => onceDelivered(this.#client.exportOtlpSpansToUc(spans, table)), signal);
    for (const { spanId } of spans) sent.add(spanId);
    this.#remember(info.traceId, sent, data.spans.length);
  }

  /** Only traces that will come again are worth remembering. */
  #remember(traceId: string, sent: Set<string>, spans: number): void {
    this.#sent.delete(traceId);
    if (sent.size < spans) this.#sent.set(traceId, sent);
    const oldest = this.#sent.size > MAX_REMEMBERED ? this.#sent.keys().next().value : undefined;
    if (oldest !== undefined) this.#sent.delete(oldest);
  }

  #report(kind: string, sentence: string): void {
    if (this.#reported.size >= 100 || this.#reported.has(kind)) return;
    this.#reported.add(kind);
    warn(sentence);
  }
}

/** Whether spans arrived is not known when the connection broke; sending them again could double them. */
async function onceDelivered(upload: Promise<void>): Promise<void> {
  try {
    await upload;
  } catch (error) {
    if (error instanceof MlflowConnectionError) throw new Error(error.message, { cause: error });
    throw error;
  }
}

function sizeOf(spans: readonly Span[]): number {
  let bytes = 0;
  for (const { _span } of spans) {
    bytes += SPAN_BYTES;
    for (const value of Object.values(_span.attributes)) bytes += typeof value === "string" ? value.length : 8;
  }
  return bytes;
}
