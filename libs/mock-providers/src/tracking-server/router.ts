import type { MockReply, MockRequest } from "../contract";
import { htmlReply } from "./error";

/** What a handler gets: the request and the decoded `:name` parts of the path. */
export interface RouteCall {
  readonly request: MockRequest;
  readonly path: Readonly<Record<string, string>>;
}

export type Handler = (call: RouteCall) => MockReply;

/** `method path`, e.g. `GET /api/3.0/mlflow/traces/:id`. `/api` stands for `/ajax-api` too, `2.0|3.0` for both versions. */
export type Routes = Readonly<Record<string, Handler>>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/** Finds the handler for a request; 404 and 405 pages where there is none. */
export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: Routes) {
    this.#routes = Object.entries(routes).map(([key, handler]) => {
      const [method = "", path = ""] = key.split(" ");
      return { method, pattern: toPattern(path), handler };
    });
  }

  answer(request: MockRequest): MockReply {
    const matches = this.#routes.filter(({ pattern }) => pattern.test(request.url.pathname));
    if (matches.length === 0) return htmlReply(404);
    const wanted = request.method === "HEAD" ? "GET" : request.method;
    const route = matches.find(({ method }) => method === "*" || method === wanted);
    if (!route) return htmlReply(405, { allow: ["OPTIONS", ...matches.map(({ method }) => method)].join(", ") });
    const groups = route.pattern.exec(request.url.pathname)?.groups ?? {};
    return route.handler({ request, path: decodeAll(groups) });
  }
}

function toPattern(path: string): RegExp {
  const source = path
    .replace(/:(\w+)\*/g, "(?<$1>.*)")
    .replace(/:(\w+)/g, "(?<$1>[^/]+)")
    .replaceAll("2.0|3.0", "(?:2\\.0|3\\.0)")
    .replace(/^\/api\//, "/(?:ajax-)?api/");
  return new RegExp(`^${source}$`);
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
