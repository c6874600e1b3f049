import { SPANS_LOCATION_TAG } from "../attribute-keys.js";
import type { AuthProvider } from "../auth/auth-provider.js";
import { traceArtifactUrl } from "../client/artifacts.js";
import { type HttpRequest, requestJson, requestText } from "../client/http.js";
import { MlflowHttpError } from "../client/http-error.js";
import { guarded, warn } from "../diagnostics.js";
import { encodeOtlpSpan, otlpBody } from "../entities/otlp-encode.js";
import type { Span } from "../entities/span.js";
import type { Trace } from "../entities/trace.js";
import type { TraceData } from "../entities/trace-data.js";
import type { TraceInfo } from "../entities/trace-info.js";
import { toOtelTraceId } from "../ids.js";
import { stringifyJson } from "../json/bigint-json.js";
import { asRecord, asText, asTextRecord } from "../json/read.js";
import { gzip } from "./gzip.js";
import { isOtlpMissing, isRefusal } from "./otlp-errors.js";
import type { Retrier } from "./retry.js";
import type { Attachment, FinishedTrace } from "./trace-exporter.js";
import { traceInfoBody } from "./trace-info-body.js";

const MAX_SPANS_PER_REQUEST = 2_000;
const MAX_CHARACTERS_PER_REQUEST = 4 * 1024 * 1024;
const MAX_REFUSED_SPANS = 10;
const MIN_CHARACTERS_TO_COMPRESS = 16 * 1024;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** How long a server without OTLP is not asked again. */
const OTLP_PROBE_MS = 10 * 60_000;

interface EncodedSpan {
  readonly span: Span;
  readonly json: string;
}

/** Stores the spans of a trace where a server keeps them that takes neither OTLP nor artifacts; rejects when it cannot. */
export type UploadSpans = (info: StoredInfo, spans: TraceData) => Promise<void>;

/** What is needed of the server's copy of a trace info. */
type StoredInfo = Pick<TraceInfo, "traceId" | "tags">;

/** Spans of one trace that the server refused, and why it refused the last. */
interface Refused {
  count: number;
  error?: MlflowHttpError;
}

/**
 * Stores traces on one tracking server: spans by OTLP, then the trace info, then attachments. Where the server has no OTLP:
 * the info, then the spans as `traces.json`. Spans that are stored are not sent again when their trace comes again.
 */
export class TraceSender {
  /** Spans that the server, or the encoding, refused by themselves. */
  refusedSpans = 0;
  readonly #auth: AuthProvider;
  readonly #experimentId: string;
  readonly #retrier: Retrier;
  /** Length of each span that is stored. */
  readonly #stored = new WeakMap<Span, number>();
  readonly #storedAttachments = new WeakSet<Attachment>();
  #abort = new AbortController();
  #noOtlpUntil = 0;
  #toldRemote = false;
  #compresses = true;

  readonly #uploadSpans: UploadSpans | undefined;

  constructor(auth: AuthProvider, experimentId: string, retrier: Retrier, uploadSpans?: UploadSpans) {
    this.#uploadSpans = uploadSpans;
    // A server of that kind has no OTLP of ours.
    if (uploadSpans) this.#noOtlpUntil = Number.POSITIVE_INFINITY;
    this.#auth = auth;
    this.#experimentId = experimentId;
    this.#retrier = retrier;
  }

  /**
   * @returns `false` for a trace that this server cannot take, of which has been told
   * @throws the failure that could not be got over
   */
  async send({ trace, isRemote, attachments }: FinishedTrace): Promise<boolean> {
    const byOtlp = await this.#sendSpans(trace);
    if (isRemote && !byOtlp) return this.#refuseRemote();
    const unsent = attachments.filter((attachment) => !this.#storedAttachments.has(attachment));
    if (isRemote && unsent.length === 0) return true;
    const info = await this.#exchangeInfo(isRemote ? this.#getInfo(trace) : this.#postInfo(trace, byOtlp));
    // Spans in the server's database win over an artifact, so uploading one would be of no use.
    if (!byOtlp && info.tags[SPANS_LOCATION_TAG] !== "TRACKING_STORE") {
      await this.#storeSpans(info, trace.data);
    }
    for (const attachment of unsent) await this.#sendAttachment(attachment, info);
    return true;
  }

  async #storeSpans(info: StoredInfo, spans: TraceData): Promise<void> {
    const upload = this.#uploadSpans;
    if (upload) await this.#retrier.run(() => upload(info, spans), this.#abort.signal);
    else {
      const data = stringifyJson(spans.toJson());
      await this.#send({ method: "PUT", url: traceArtifactUrl(this.#host, info), data });
    }
  }

  #refuseRemote(): boolean {
    if (!this.#toldRemote)
      warn("Spans of traces that began elsewhere are lost: they need OTLP, which the server lacks");
    this.#toldRemote = true;
    return false;
  }

  /** What stores the trace when its parts may come in any order: spans and info, or nothing without OTLP. */
  requests({ trace, isRemote, attachments }: FinishedTrace): HttpRequest[] {
    if (this.#noOtlpUntil > Date.now() || attachments.length > 0) return [];
    const spans = trace.data.spans.flatMap((span) => this.#encode(span, trace));
    const infos = isRemote ? [] : [this.#postInfo(trace, false)];
    return spans.length === 0 ? infos : [this.#otlpRequest(trace, spans), ...infos];
  }

  /** Sends one request, once. */
  post(request: HttpRequest): Promise<string> {
    return requestText({ maxBytes: MAX_ANSWER_BYTES, ...request }, this.#auth.getHeadersProvider());
  }

  /** Gives up all requests under way; later ones are not concerned. */
  abort(): void {
    const aborted = this.#abort;
    this.#abort = new AbortController();
    aborted.abort();
    this.#retrier.wake();
  }

  /** @returns whether the server takes spans by OTLP */
  async #sendSpans(trace: Trace): Promise<boolean> {
    if (this.#noOtlpUntil > Date.now()) return false;
    const refused: Refused = { count: 0 };
    try {
      for (const batch of this.#batches(trace)) await this.#sendBatch(trace, batch, refused);
      // A trace of which nothing is left is not stored.
      if (refused.error && !trace.data.spans.some((span) => this.#stored.has(span))) throw refused.error;
      return true;
    } catch (error) {
      if (!isOtlpMissing(error)) throw error;
      this.#noOtlpUntil = Date.now() + OTLP_PROBE_MS;
      return false;
    }
  }

  /** Ended spans that are not stored yet, encoded only when their turn comes. */
  *#batches(trace: Trace): Generator<EncodedSpan[]> {
    let batch: EncodedSpan[] = [];
    let characters = 0;
    for (const encoded of this.#encodeAll(trace)) {
      const isFull = batch.length >= MAX_SPANS_PER_REQUEST;
      if (isFull || (batch.length > 0 && characters + encoded.json.length > MAX_CHARACTERS_PER_REQUEST)) {
        yield batch;
        batch = [];
        characters = 0;
      }
      batch.push(encoded);
      characters += encoded.json.length;
    }
    if (batch.length > 0) yield batch;
  }

  *#encodeAll(trace: Trace): Generator<EncodedSpan> {
    for (const span of trace.data.spans) yield* this.#encode(span, trace);
  }

  /** Nothing for a span that is open, or stored already. */
  #encode(span: Span, { info }: Trace): EncodedSpan[] {
    if (span.endTime === null || this.#stored.has(span)) return [];
    const json = guarded("Failed to encode a span", () => encodeOtlpSpan(span, toOtelTraceId(info.traceId)), null);
    if (json !== null) return [{ span, json }];
    this.refusedSpans++;
    return [];
  }

  /** One bad span makes the server refuse all: then it is looked for, and left out. */
  async #sendBatch(trace: Trace, batch: EncodedSpan[], refused: Refused): Promise<void> {
    try {
      await this.#sendCompressed(this.#otlpRequest(trace, batch));
      for (const { span, json } of batch) this.#stored.set(span, json.length);
    } catch (error) {
      if (!isRefusal(error) || refused.count >= MAX_REFUSED_SPANS) throw error;
      if (batch.length === 1) {
        refused.count++;
        refused.error = error;
        if (this.refusedSpans++ === 0) warn(`The server refused the span ${batch[0]?.span.name}: ${error.message}`);
        return;
      }
      const half = batch.length >> 1;
      await this.#sendBatch(trace, batch.slice(0, half), refused);
      await this.#sendBatch(trace, batch.slice(half), refused);
    }
  }

  async #sendCompressed(request: HttpRequest): Promise<void> {
    const { data } = request;
    const isLong = typeof data === "string" && data.length > MIN_CHARACTERS_TO_COMPRESS;
    const compressed = isLong && this.#compresses ? await gzip(data) : undefined;
    if (!compressed) return this.#send(request);
    try {
      await this.#send({ ...request, data: compressed, headers: { ...request.headers, "Content-Encoding": "gzip" } });
    } catch (error) {
      const isUnreadable = error instanceof MlflowHttpError && (error.status === 400 || error.status === 415);
      if (!isUnreadable) throw error;
      await this.#send(request);
      this.#compresses = false;
    }
  }

  async #sendAttachment(attachment: Attachment, info: StoredInfo): Promise<void> {
    const { id, contentType, data } = attachment;
    const url = traceArtifactUrl(this.#host, info, `attachments/${encodeURIComponent(id)}`);
    // A copy, because a view on shared memory cannot be sent.
    await this.#send({ method: "PUT", url, data: new Uint8Array(data), headers: { "Content-Type": contentType } });
    this.#storedAttachments.add(attachment);
  }

  #otlpRequest(trace: Trace, spans: readonly EncodedSpan[]): HttpRequest {
    const experimentId = trace.info.traceLocation.mlflowExperiment?.experimentId || this.#experimentId;
    const headers = { "Content-Type": "application/json", "x-mlflow-experiment-id": experimentId };
    return { method: "POST", url: `${this.#host}/v1/traces`, data: otlpBody(spans.map(({ json }) => json)), headers };
  }

  #postInfo({ info, data: { spans } }: Trace, withSize: boolean): HttpRequest {
    const size = withSize ? spans.reduce((sum, span) => sum + (this.#stored.get(span) ?? 0), 0) : undefined;
    return { method: "POST", url: `${this.#host}/api/3.0/mlflow/traces`, data: traceInfoBody(info, size) };
  }

  #getInfo({ info }: Trace): HttpRequest {
    return { method: "GET", url: `${this.#host}/api/3.0/mlflow/traces/${encodeURIComponent(info.traceId)}` };
  }

  async #exchangeInfo(request: HttpRequest): Promise<StoredInfo> {
    const { signal } = this.#abort;
    const limited = { ...request, signal, maxBytes: MAX_ANSWER_BYTES };
    const answer = await this.#retrier.run(() => requestJson(limited, this.#auth.getHeadersProvider()), signal);
    const info = asRecord(asRecord(answer).trace).trace_info;
    if (typeof info !== "object" || info === null) throw new Error("The server's answer has no trace.trace_info");
    const { trace_id, tags } = asRecord(info);
    return { traceId: asText(trace_id) ?? "", tags: asTextRecord(tags) };
  }

  async #send(request: HttpRequest): Promise<void> {
    const { signal } = this.#abort;
    await this.#retrier.run(() => this.post({ ...request, signal }), signal);
  }

  get #host(): string {
    return this.#auth.getHost().replace(/\/+$/, "");
  }
}
