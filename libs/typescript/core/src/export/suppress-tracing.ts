import { context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";

/** OpenTelemetry's own key: instrumentations of other libraries look for it. */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Runs `fn` so that instrumented HTTP clients do not trace what it sends. */
export function withoutTracing<T>(fn: () => T): T {
  return context.with(ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true), fn);
}
