import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { asRecord } from "../json/read.js";
import { OtlpStore } from "./otlp-store.js";

/** One request as the server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** As text, decompressed. */
  body: string;
  /** Of the server's own answer; `undefined` when a fault took its place. */
  status?: number;
}

/** Takes over a request instead of the server; `undefined` lets the server answer. */
export type Fault = (
  request: SeenRequest,
  signal: AbortSignal | null,
) => Response | undefined | Promise<Response | undefined>;

/** Which server is imitated. */
export interface FakeTrackingServerOptions {
  /** Whether it takes spans by OTLP, as one with a database does; otherwise it answers 501. */
  otlp?: boolean;
}

const SPILL_DIR = "MLFLOW_TRACE_SPILL_DIR";

/**
 * A tracking server for tests, in place of `globalThis.fetch`: trace infos, artifacts and, when asked for, OTLP/JSON,
 * answered as MLflow answers them.
 *
 * @example
 * const server = new FakeTrackingServer({ otlp: true });
 * const undo = server.install();
 */
export class FakeTrackingServer {
  readonly uri = "http://mlflow.test";
  readonly requests: SeenRequest[] = [];
  readonly infos = new Map<string, Record<string, unknown>>();
  readonly artifacts = new Map<string, string>();
  /** Artifacts as bytes, with their content type. */
  readonly files = new Map<string, { contentType: string; bytes: Uint8Array }>();
  readonly otlp = new OtlpStore();
  fault: Fault | undefined;
  readonly #hasOtlp: boolean;

  constructor({ otlp = false }: FakeTrackingServerOptions = {}) {
    this.#hasOtlp = otlp;
  }

  /**
   * Takes the place of `fetch`, and of the directory for unsent traces: a test must not leave any to the next one.
   *
   * @returns an undo
   */
  install(): () => void {
    const original = globalThis.fetch;
    globalThis.fetch = (input, init) => this.handle(String(input), init);
    const ownsDirectory = process.env[SPILL_DIR] === undefined;
    if (ownsDirectory) process.env[SPILL_DIR] = "";
    return () => {
      globalThis.fetch = original;
      if (ownsDirectory) delete process.env[SPILL_DIR];
    };
  }

  /** Spans of the trace as they were uploaded, ids in base64, attributes as JSON texts. */
  spans(traceId: string): Record<string, unknown>[] {
    const text = this.artifacts.get(`/1/traces/${traceId}/artifacts/traces.json`) ?? '{"spans":[]}';
    return asRecord(parseJson(text)).spans as Record<string, unknown>[];
  }

  /** Spans of the trace as they came by OTLP/JSON, in the order in which they came. */
  otlpSpans(traceId: string): Record<string, unknown>[] {
    return [...(this.otlp.traces.get(traceId)?.values() ?? [])];
  }

  /** Requests with this method and path. */
  seen(method: string, path: string | RegExp): SeenRequest[] {
    const matches = (seen: string) => (typeof path === "string" ? seen === path : path.test(seen));
    return this.requests.filter((request) => request.method === method && matches(request.path));
  }

  async handle(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = Object.fromEntries(new Headers(init.headers));
    const bytes = new Uint8Array(await new Response(init.body ?? "").arrayBuffer());
    const path = url.slice(this.uri.length);
    const body = await decompress(bytes, headers["content-encoding"]);
    const request: SeenRequest = { method: init.method ?? "GET", path, headers, body };
    this.requests.push(request);
    const instead = await this.fault?.(request, init.signal ?? null);
    if (instead) return instead;
    const response = this.#answer(request, bytes);
    request.status = response.status;
    return response;
  }

  #answer({ method, path, headers, body }: SeenRequest, bytes: Uint8Array): Response {
    if (path.endsWith("/v1/traces")) return this.#takeSpans(body, headers["x-mlflow-experiment-id"] ?? null);
    const artifact = /^\/api\/2\.0\/mlflow-artifacts\/artifacts(\/.*)$/.exec(path)?.[1];
    if (artifact && method === "PUT") {
      this.artifacts.set(artifact, body);
      this.files.set(artifact, { contentType: headers["content-type"] ?? "", bytes });
      return new Response("");
    }
    if (artifact)
      return new Response(this.artifacts.get(artifact) ?? "", { status: this.artifacts.has(artifact) ? 200 : 404 });
    if (path === "/api/3.0/mlflow/traces" && method === "POST") return this.#startTrace(body);
    const stored = /\/traces\/get\?trace_id=([^&]+)/.exec(path)?.[1];
    const info = this.infos.get(decodeURIComponent(stored ?? path.replace("/api/3.0/mlflow/traces/", "")));
    if (!info) return notFound();
    return json({ trace: { trace_info: info, ...(stored ? { spans: this.otlp.stored(stored) } : {}) } });
  }

  #takeSpans(body: string, experimentId: string | null): Response {
    if (!this.#hasOtlp) return json({ detail: "REST OTLP span logging is not supported by FileStore" }, 501);
    const answer = this.otlp.take(body, experimentId);
    if (answer.body !== undefined) return json(answer.body, answer.status);
    for (const id of this.otlp.traces.keys()) if (!this.infos.has(id)) this.#store(id, {});
    return new Response("", { headers: { "content-type": "application/x-protobuf" } });
  }

  #startTrace(body: string): Response {
    const info = asRecord(asRecord(asRecord(JSON.parse(body)).trace).trace_info);
    const id = String(info.trace_id);
    this.#store(id, info);
    return json({ trace: { trace_info: this.infos.get(id) } });
  }

  #store(id: string, info: Record<string, unknown>): void {
    const inStore = this.otlp.traces.has(id) ? { "mlflow.trace.spansLocation": "TRACKING_STORE" } : {};
    const location = { "mlflow.artifactLocation": `mlflow-artifacts:/1/traces/${id}/artifacts` };
    const old = asRecord(this.infos.get(id)?.tags);
    this.infos.set(id, { trace_id: id, ...info, tags: { ...old, ...asRecord(info.tags), ...location, ...inStore } });
  }
}

async function decompress(bytes: Uint8Array<ArrayBuffer>, encoding: string | undefined): Promise<string> {
  if (encoding !== "gzip") return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function json(value: unknown, status = 200): Response {
  return new Response(stringifyJson(value), { status, headers: { "content-type": "application/json" } });
}

function notFound(): Response {
  return json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such trace" }, 404);
}
