import { parseJson, stringifyJson } from "../json/bigint-json.js";

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query below the server's URL. */
  readonly path: string;
  readonly headers: Headers;
  /** The JSON body, parsed; the bytes of any other. */
  readonly body: unknown;
}

/** A JSON value for status 200, or a whole answer. */
export type Answer = Response | object | string | ((request: SeenRequest) => Response | object | string);

const NOT_FOUND = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n";

/**
 * A tracking server for tests, in place of `globalThis.fetch`, with one answer per route; any other route is 404 in HTML, as
 * on MLflow's.
 *
 * @example
 * const server = new CannedServer({ "GET /api/3.0/mlflow/traces/tr-1": { trace: { trace_info: {} } } });
 * const undo = server.install();
 */
export class CannedServer {
  readonly uri = "http://mlflow.test";
  readonly requests: SeenRequest[] = [];
  readonly #routes = new Map<string, Answer>();

  constructor(routes: Record<string, Answer> = {}) {
    this.on(routes);
  }

  /** Adds or replaces routes, `<method> <path without query>` each. */
  on(routes: Record<string, Answer>): this {
    for (const [route, answer] of Object.entries(routes)) this.#routes.set(route, answer);
    return this;
  }

  /** `<method> <path and query>` of every request. */
  get calls(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  /** The body of the last request. */
  get lastBody(): unknown {
    return this.requests.at(-1)?.body;
  }

  /** @returns an undo */
  install(): () => void {
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => this.#handle(String(input), init);
    return () => {
      globalThis.fetch = original;
    };
  }

  #handle(url: string, init: RequestInit = {}): Response {
    const method = init.method ?? "GET";
    const path = url.slice(this.uri.length);
    const body = typeof init.body === "string" ? parseJson(init.body) : init.body;
    const request = { method, path, headers: new Headers(init.headers), body };
    this.requests.push(request);
    const canned = this.#routes.get(`${method} ${path.split("?")[0]}`) ?? new Response(NOT_FOUND, { status: 404 });
    const answer = typeof canned === "function" ? canned(request) : canned;
    if (answer instanceof Response) return answer.clone();
    return new Response(typeof answer === "string" ? answer : stringifyJson(answer));
  }
}

/** A refusal in MLflow's JSON. */
export function refusal(status: number, errorCode: string, message: string): Response {
  return new Response(JSON.stringify({ error_code: errorCode, message }), { status });
}
