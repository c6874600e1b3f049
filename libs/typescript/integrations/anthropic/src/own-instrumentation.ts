import { PassThroughTracerProvider } from "mlflow-tracing";

/** The part of a client that is needed to switch off its own spans; SDK versions without it have no spans of their own. */
interface SelfTracingClient {
  readonly openTelemetry: { readonly tracerProvider?: unknown; readonly traces: { readonly enabled: boolean } };
  withOptions(options: { openTelemetry: object }): object;
}

/**
 * A copy of `client` whose own OpenTelemetry spans stand for ours instead of adding to them, so that each call has one span
 * and its `traceparent` goes out with the request. A client that has been told where to send its spans, or to make none, is
 * left as it is.
 */
export function withoutOwnSpans<T extends object>(client: T): T {
  if (!isSelfTracing(client)) return client;
  const { openTelemetry } = client;
  if (openTelemetry.tracerProvider !== undefined || !openTelemetry.traces.enabled) return client;
  return client.withOptions({
    openTelemetry: { ...openTelemetry, tracerProvider: new PassThroughTracerProvider() },
  }) as T;
}

function isSelfTracing(client: object): client is SelfTracingClient {
  const { openTelemetry, withOptions } = client as Partial<SelfTracingClient>;
  return typeof withOptions === "function" && typeof openTelemetry?.traces === "object";
}
