import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

/** A span in OTLP's JSON, as far as it is looked at. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number; readonly message: string };
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly events: readonly { readonly name: string }[];
}

/** How long a browser may do without another preflight request, as at MLflow. */
const REMEMBERED_S = 600;
/** Long enough for a page to be gone before its request proper begins. */
const SLOW_PREFLIGHT_MS = 500;

/** What the server got of one case. */
export interface Received {
  readonly spans: OtlpSpan[];
  /** Trace infos as they were posted. */
  readonly infos: Record<string, unknown>[];
  /** Values of `x-mlflow-experiment-id`, one for each OTLP request. */
  readonly experiments: (string | undefined)[];
  /** Requests with `keepalive`, which the page has to tell: nobody else can see that. */
  keepalives: number;
}

interface Case extends Received {
  /** OTLP requests that still get no answer. */
  toHold: number;
  held: number;
  readonly waiting: (() => void)[];
}

/**
 * A tracking server with OTLP for several cases at once: that of a case is at `/<case>`. It is of another origin than the
 * pages and allows it, as MLflow's allows pages of the same machine.
 */
export class Receiver {
  readonly #cases = new Map<string, Case>();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500).end(String(error));
    });
  });

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** The tracking URI of a new case, which leaves its first `hold` OTLP requests without an answer. */
  open(id: string, hold = 0): string {
    const received = { spans: [], infos: [], experiments: [], keepalives: 0 };
    this.#cases.set(id, { ...received, toHold: hold, held: 0, waiting: [] });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${id}`;
  }

  received(id: string): Received {
    const found = this.#cases.get(id);
    if (!found) throw new Error(`There is no case ${id}`);
    return found;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id = "", ...rest] = (request.url ?? "").split("/");
    const target = this.#cases.get(id);
    allow(request, response, target?.toHold ? 0 : REMEMBERED_S);
    if (!target) return void response.writeHead(404).end();
    if (request.method === "OPTIONS") {
      if (target.toHold > 0 && target.held === target.toHold) await pause(SLOW_PREFLIGHT_MS);
      return void response.writeHead(200).end();
    }
    const path = `${request.method} /${rest.join("/")}`;
    if (path === "POST /keepalive") {
      target.keepalives++;
      return void response.writeHead(204).end();
    }
    if (path === "GET /held") return waitUntilHeld(target, response);
    const body = await readJson(request);
    if (path === "POST /v1/traces") return takeSpans(target, request, body, response);
    if (path === "POST /api/3.0/mlflow/traces") return takeInfo(target, body, response);
    response.writeHead(404).end();
  }
}

/** The answer of Starlette's CORS middleware, which MLflow uses. */
function allow({ headers, method }: IncomingMessage, response: ServerResponse, rememberedS: number): void {
  if (!headers.origin) return;
  response.setHeader("access-control-allow-origin", headers.origin).setHeader("vary", "origin");
  if (method !== "OPTIONS") return;
  response.setHeader("access-control-allow-methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
  response.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "");
  response.setHeader("access-control-max-age", String(rememberedS));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const bytes = await buffer(request);
  const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
  return plain.length === 0 ? {} : JSON.parse(plain.toString("utf8"));
}

function answerJson(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}

interface OtlpBody {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
}

function takeSpans(target: Case, request: IncomingMessage, body: object, response: ServerResponse): void {
  target.experiments.push(request.headers["x-mlflow-experiment-id"]?.toString());
  if (target.toHold > target.held) {
    // As if it had never arrived: a server that hangs stores nothing either.
    if (++target.held === target.toHold) for (const go of target.waiting.splice(0)) go();
    return;
  }
  for (const { scopeSpans } of (body as OtlpBody).resourceSpans) {
    for (const { spans } of scopeSpans) target.spans.push(...spans);
  }
  answerJson(response, {});
}

function takeInfo(target: Case, body: Record<string, unknown>, response: ServerResponse): void {
  const { trace_info } = body.trace as { trace_info: Record<string, unknown> };
  target.infos.push(trace_info);
  answerJson(response, { trace: { trace_info } });
}

function waitUntilHeld(target: Case, response: ServerResponse): void {
  const go = () => answerJson(response, {});
  if (target.held >= target.toHold) go();
  else target.waiting.push(go);
}
