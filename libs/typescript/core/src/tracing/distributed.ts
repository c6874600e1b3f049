import type { Context, TextMapGetter } from "@opentelemetry/api";
import { warn } from "../diagnostics.js";
import { context, defaultTextMapSetter, trace } from "../otel/api.js";
import { REMOTE_TRACE_KEY } from "../telemetry/remote-trace.js";
import { W3CPropagator } from "./w3c-propagator.js";

/** Headers of an HTTP request: the web's `Headers`, Node.js' `IncomingHttpHeaders`, or a plain object; any case. */
export type IncomingHeaders = Pick<Headers, "get"> | Readonly<Record<string, string | readonly string[] | undefined>>;

const propagator = new W3CPropagator();
const getter: TextMapGetter<ReadonlyMap<string, string>> = {
  get: (headers, key) => headers.get(key),
  keys: (headers) => [...headers.keys()],
};

/**
 * Headers for a request to another service, which make its spans part of the active trace.
 *
 * @returns `traceparent` and, where there is one, `tracestate`; `{}` when no span is active
 * @example await fetch(url, { headers: { ...getTracingContextHeadersForHttpRequest() } });
 */
export function getTracingContextHeadersForHttpRequest(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context.active(), headers, defaultTextMapSetter);
  if (!headers.traceparent) warn("No tracing headers: there is no active span");
  return headers;
}

/**
 * Runs a callback within the trace of the service that sent a request: spans that start in it belong to the sender's trace.
 *
 * @param headers headers of the request; of a list the first value counts
 * @returns what the callback returns
 * @throws Error when `traceparent` is missing or invalid
 * @example createServer((request, response) => withTracingContextFromHeaders(request.headers, () => answer(response)));
 */
export function withTracingContextFromHeaders<T>(headers: IncomingHeaders, callback: () => T): T {
  return context.with(extractContext(headers), callback);
}

/**
 * Like {@link withTracingContextFromHeaders}; what it throws rejects the promise instead.
 *
 * @example await withTracingContextFromHeadersAsync(request.headers, async () => reply(await answer(request)));
 */
export async function withTracingContextFromHeadersAsync<T>(
  headers: IncomingHeaders,
  callback: () => Promise<T>,
): Promise<T> {
  return withTracingContextFromHeaders(headers, callback);
}

function extractContext(headers: IncomingHeaders): Context {
  const carrier = readHeaders(headers);
  if (!carrier.has("traceparent"))
    throw new Error("The request has no tracing context: the header traceparent is missing.");
  // A span that is active here must not be taken for what the headers say.
  const extracted = propagator.extract(trace.deleteSpan(context.active()), carrier, getter);
  const remote = trace.getSpanContext(extracted);
  if (!remote) throw new Error("The request has no tracing context: the header traceparent is invalid.");
  return extracted.setValue(REMOTE_TRACE_KEY, remote.traceId);
}

function readHeaders(headers: IncomingHeaders): Map<string, string> {
  const found = new Map<string, string>();
  for (const field of propagator.fields()) {
    const value = isWebHeaders(headers) ? headers.get(field) : readField(headers, field);
    if (typeof value === "string" && value !== "") found.set(field, value);
  }
  return found;
}

function isWebHeaders(headers: IncomingHeaders): headers is Pick<Headers, "get"> {
  return typeof headers?.get === "function";
}

function readField(headers: Exclude<IncomingHeaders, Pick<Headers, "get">>, field: string): unknown {
  const key = Object.keys(headers ?? {}).find((name) => name.toLowerCase() === field);
  const value: unknown = key === undefined ? undefined : headers[key];
  return Array.isArray(value) ? value[0] : value;
}
