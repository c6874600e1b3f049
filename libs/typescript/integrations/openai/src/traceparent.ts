import { type HeadersLike, hasTraceparent, type LiveSpan, sendsTraceparent, withTraceparent } from "mlflow-tracing";

/** The parts of a client that say where its requests go and what they carry. */
interface RequestingClient {
  readonly baseURL?: string;
  readonly _options?: { readonly defaultHeaders?: HeadersLike };
}

/** Whether the span's context goes out with the requests of `client`, which may have one for all of them already. */
export function clientSendsTraceparent(client: RequestingClient, wanted: boolean | undefined): boolean {
  return sendsTraceparent(client.baseURL, wanted) && !hasTraceparent(client._options?.defaultHeaders);
}

/** A copy of a call's request options with the `traceparent` of `span`; the caller's own wins. */
export function optionsWithTraceparent(options: unknown, span: LiveSpan): unknown {
  const { headers } = (options ?? {}) as { headers?: HeadersLike };
  const sent = withTraceparent(headers, span);
  return sent === headers ? options : { ...(options as object | undefined), headers: sent };
}
