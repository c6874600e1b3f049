import type { MockReply, MockRequest } from "../contract";
import { readJsonBody } from "../provider/body";
import type { Call } from "./call";
import { createChatCompletion } from "./chat/create";
import { createCompletion } from "./completions/create";
import { createEmbeddings } from "./embeddings/create";
import { ApiError, badRequest } from "./error";
import { listModels, retrieveModel } from "./models/models";
import { createModeration } from "./moderations/create";
import { createResponse, deleteResponse, retrieveResponse } from "./responses/create";

/** Answers a call; `id` is the last step of a path that has one. */
type Handler = (call: Call, id: string) => MockReply;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

const withBody =
  (handle: (call: Call, json: unknown) => MockReply): Handler =>
  (call) =>
    handle(call, parseJson(call.request));

const ROUTES: readonly Route[] = [
  { method: "POST", path: /^\/v1\/chat\/completions$/, handle: withBody(createChatCompletion) },
  { method: "POST", path: /^\/v1\/responses$/, handle: withBody(createResponse) },
  { method: "GET", path: /^\/v1\/responses\/([^/]+)$/, handle: retrieveResponse },
  { method: "DELETE", path: /^\/v1\/responses\/([^/]+)$/, handle: deleteResponse },
  { method: "POST", path: /^\/v1\/embeddings$/, handle: withBody(createEmbeddings) },
  { method: "POST", path: /^\/v1\/moderations$/, handle: withBody(createModeration) },
  { method: "POST", path: /^\/v1\/completions$/, handle: withBody(createCompletion) },
  { method: "GET", path: /^\/v1\/models$/, handle: listModels },
  { method: "GET", path: /^\/v1\/models\/([^/]+)$/, handle: retrieveModel },
];

/** What answers a request; throws where there is no such path, or none for the method. */
export function findRoute({ method, url }: MockRequest): (call: Call) => MockReply {
  const routes = ROUTES.filter(({ path }) => path.test(url.pathname));
  // HEAD asks for the headers of a GET.
  const route = routes.find((candidate) => candidate.method === (method === "HEAD" ? "GET" : method));
  if (route) return (call) => route.handle(call, decode(route.path.exec(url.pathname)?.[1] ?? ""));
  if (routes.length === 0) throw new ApiError({ status: 404, message: `Invalid URL (${method} ${url.pathname})` });
  const message = `Not allowed to ${method} on ${url.pathname}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  throw new ApiError({ status: 405, message, code: "method_not_supported" });
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function parseJson(request: MockRequest): unknown {
  const read = readJsonBody(request.body);
  if ("json" in read) return read.json;
  const problem = read.problem === "depth" ? "is nested too deeply" : "is not valid JSON";
  throw badRequest(`The body of your request ${problem}.`);
}
