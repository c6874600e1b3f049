import type { MockRequest } from "../contract";
import { ApiFailure, invalid } from "./error";

export type Parameters = Readonly<Record<string, unknown>>;
type Kind = "string" | "integer" | "list" | "object";

/** A parameter of a route. Only these are checked; unknown ones are ignored. */
export interface ParameterSpec {
  readonly kind: Kind;
  readonly required?: boolean;
}

const SEE_DOCS = "See the API docs for more information about request parameters.";

/**
 * The parameters of a request: of its query on GET (or its body, where there is no query), else of its JSON body.
 * A body that is not JSON counts as an empty object, as on the real server.
 */
export function readParameters(request: MockRequest, specs: Readonly<Record<string, ParameterSpec>>): Parameters {
  const { method, url } = request;
  if (method === "POST" || method === "PUT") checkContentType(request.headers["content-type"]);
  const raw = method === "GET" && url.search.length > 1 ? fromQuery(url.searchParams, specs) : fromBody(request.body);
  const parameters = snakeCaseKeys(raw);
  for (const [name, spec] of Object.entries(specs)) checkParameter(name, parameters[name], spec);
  return parameters;
}

function checkContentType(type: string | undefined): void {
  if (type === undefined) throw invalid("Bad Request. Content-Type header is missing.");
  if (type.split(";")[0]?.trim() === "application/json") return;
  throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
}

function fromQuery(query: URLSearchParams, specs: Readonly<Record<string, ParameterSpec>>): Parameters {
  const entries = [...new Set(query.keys())].map((name) => {
    if (specs[name]?.kind === "list") return [name, query.getAll(name)];
    const value = query.get(name) ?? "";
    return [name, specs[name]?.kind === "integer" && /^-?\d+$/.test(value) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}

function fromBody(body: MockRequest["body"]): Parameters {
  const text = typeof body === "string" ? body : "";
  let value = parseJson(text);
  // A JSON text within a JSON string is unpacked.
  if (typeof value === "string") value = parseJson(value);
  if (Array.isArray(value)) throw new ApiFailure("INTERNAL_ERROR", "The body must be a JSON object");
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Each field may be named in either case, but not in both. */
export function snakeCaseKeys(value: Parameters): Parameters {
  const entries = Object.entries(value).map(([key, item]) => {
    const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (snake !== key && Object.hasOwn(value, snake)) {
      throw invalid(`Request specifies both '${snake}' and '${key}'; provide only one of them.`);
    }
    return [snake, item];
  });
  return Object.fromEntries(entries);
}

function checkParameter(name: string, value: unknown, { kind, required }: ParameterSpec): void {
  if (value === undefined || value === null || value === "") {
    if (required) throw invalid(`Missing value for required parameter '${name}'. ${SEE_DOCS}`);
    return;
  }
  if (kindOf(value) === kind) return;
  const hint = `Hint: Value was of type '${pythonType(value)}'.`;
  throw invalid(`Invalid value ${JSON.stringify(value)} for parameter '${name}' supplied:  ${hint} ${SEE_DOCS}`);
}

function kindOf(value: unknown): Kind | "other" {
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "other";
  return typeof value === "object" ? "object" : "other";
}

function pythonType(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (Array.isArray(value)) return "list";
  return typeof value === "string" ? "str" : "dict";
}
