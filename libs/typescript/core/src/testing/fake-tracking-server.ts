import { parseJson } from "../json/bigint-json.js";
import { asRecord } from "../json/read.js";

/** One request as the server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Takes over a request instead of the server; `undefined` lets the server answer. */
export type Fault = (
  request: SeenRequest,
  signal: AbortSignal | null,
) => Response | undefined | Promise<Response | undefined>;

/**
 * A tracking server for tests, in place of `globalThis.fetch`: trace infos and artifacts, answered as MLflow answers them.
 *
 * @example
 * const server = new FakeTrackingServer();
 * const undo = server.install();
 */
export class FakeTrackingServer {
  readonly uri = "http://mlflow.test";
  readonly requests: SeenRequest[] = [];
  readonly infos = new Map<string, Record<string, unknown>>();
  readonly artifacts = new Map<string, string>();
  fault: Fault | undefined;

  /** @returns an undo */
  install(): () => void {
    const original = globalThis.fetch;
    globalThis.fetch = (input, init) => this.#handle(String(input), init);
    return () => {
      globalThis.fetch = original;
    };
  }

  /** Spans of the trace as they were uploaded, ids in base64, attributes as JSON texts. */
  spans(traceId: string): Record<string, unknown>[] {
    const text = this.artifacts.get(`/1/traces/${traceId}/artifacts/traces.json`) ?? '{"spans":[]}';
    return asRecord(parseJson(text)).spans as Record<string, unknown>[];
  }

  async #handle(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = Object.fromEntries(new Headers(init.headers));
    const path = url.slice(this.uri.length);
    const request = {
      method: init.method ?? "GET",
      path,
      headers,
      body: typeof init.body === "string" ? init.body : "",
    };
    this.requests.push(request);
    return (await this.fault?.(request, init.signal ?? null)) ?? this.#answer(request);
  }

  #answer({ method, path, body }: SeenRequest): Response {
    const artifact = /^\/api\/2\.0\/mlflow-artifacts\/artifacts(\/.*)$/.exec(path)?.[1];
    if (artifact && method === "PUT") {
      this.artifacts.set(artifact, body);
      return new Response("");
    }
    if (artifact)
      return new Response(this.artifacts.get(artifact) ?? "", { status: this.artifacts.has(artifact) ? 200 : 404 });
    if (path === "/api/3.0/mlflow/traces" && method === "POST") return this.#startTrace(body);
    const info = this.infos.get(decodeURIComponent(path.replace("/api/3.0/mlflow/traces/", "")));
    return info ? json({ trace: { trace_info: info } }) : notFound();
  }

  #startTrace(body: string): Response {
    const info = asRecord(asRecord(asRecord(JSON.parse(body)).trace).trace_info);
    const id = String(info.trace_id);
    const tags = { ...asRecord(info.tags), "mlflow.artifactLocation": `mlflow-artifacts:/1/traces/${id}/artifacts` };
    this.infos.set(id, { ...info, tags });
    return json({ trace: { trace_info: this.infos.get(id) } });
  }
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
}

function notFound(): Response {
  return json({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such trace" }, 404);
}
