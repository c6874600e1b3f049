import { type HeadersLike, hasTraceparent, type LiveSpan, sendsTraceparent, withTraceparent } from "mlflow-tracing";
import { withConfig } from "./changed-request.js";

interface HttpOptions {
  readonly baseUrl?: string;
  readonly headers?: HeadersLike;
}

/** The parts of a client that say where its requests go and what they carry. */
interface RequestingClient {
  readonly httpOptions?: HttpOptions;
  /** Has the options with their defaults. */
  readonly apiClient?: { readonly clientOptions?: { readonly httpOptions?: HttpOptions } };
}

/** Whether the span's context goes out with the requests of `client`, which may have one for all of them already. */
export function clientSendsTraceparent(client: RequestingClient, wanted: boolean | undefined): boolean {
  const own = client.httpOptions;
  const settled = client.apiClient?.clientOptions?.httpOptions ?? own;
  const decided = hasTraceparent(own?.headers) || hasTraceparent(settled?.headers);
  return !decided && sendsTraceparent(settled?.baseUrl, wanted);
}

/**
 * A copy of `request` whose `config` carries the trace context of `span`; the caller's objects are not changed, and a
 * `traceparent` of the caller, for this request or for the whole client, stands.
 */
export function withTraceHeader(request: unknown, span: LiveSpan, propagate: boolean): unknown {
  if (!propagate || typeof request !== "object" || request === null) return request;
  try {
    const httpOptions = (request as { config?: { httpOptions?: { headers?: HeadersLike } } }).config?.httpOptions;
    const headers = withTraceparent(httpOptions?.headers, span);
    if (headers === httpOptions?.headers) return request;
    return withConfig(request, { httpOptions: { ...httpOptions, headers } });
  } catch {
    // A request that cannot be read is for the client to refuse.
    return request;
  }
}
