import { type MethodWrapper, wrapMethods } from "mlflow-tracing";
import { API_CALLS, startApiCall } from "./api-calls.js";
import { helperWrappers } from "./helper-wrappers.js";
import { type RequestRecording, recordRequest } from "./record-request.js";
import { clientSendsTraceparent } from "./traceparent.js";

/** What {@link tracedOpenAI} may be told. */
export interface TracedOpenAIOptions {
  /**
   * Whether the span's context goes out with each request, as the header `traceparent`. By default it does, but from a web
   * page or worker only to its own origin: providers on other origins may not allow the header, and refuse the request then.
   */
  readonly propagateTraceContext?: boolean;
}

/** Traced clients by the client they show, and by themselves. */
const tracedClients = new WeakMap<object, object>();

/**
 * A client that does what `client` does and records a span for each request to a model: chat completions, completions,
 * responses and embeddings, streamed or not, also those made by the helpers `parse`, `stream` and `runTools`. `client` itself
 * is not changed; wrapping it again, or the traced client, gives the same traced client with the options of the first time.
 *
 * @example
 * const client = tracedOpenAI(new OpenAI());
 * const completion = await client.chat.completions.create({ model, messages });
 */
export function tracedOpenAI<T extends object>(client: T, options: TracedOpenAIOptions = {}): T {
  const known = tracedClients.get(client);
  if (known) return known as T;
  const traced = wrapMethods(client, {
    ...requestWrappers(client, options, startApiCall),
    ...helperWrappers(client, (start) => wrapMethods(client, requestWrappers(client, options, start))),
    // A copy with other options is traced as well.
    withOptions: (call, args) => tracedOpenAI(call(...args) as object, options),
  });
  tracedClients.set(client, traced);
  tracedClients.set(traced, traced);
  return traced;
}

/** Wrappers of the methods that send requests. */
function requestWrappers(
  client: object,
  { propagateTraceContext }: TracedOpenAIOptions,
  start: RequestRecording["start"],
): Record<string, MethodWrapper> {
  const recording = { start, sendsTraceparent: () => clientSendsTraceparent(client, propagateTraceContext) };
  return Object.fromEntries([...API_CALLS].map(([path, apiCall]) => [path, recordRequest(apiCall, recording)]));
}
