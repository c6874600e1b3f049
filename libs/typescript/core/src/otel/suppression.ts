import type { Context } from "@opentelemetry/api";
import { context, createContextKey, ROOT_CONTEXT } from "./api.js";

/** OpenTelemetry's own key: its SDKs set it, and instrumentations of other libraries look for it. */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** Whether nothing is to be traced in a context, such as an exporter's own requests. */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING) === true;
}

/** Runs `fn` so that instrumented HTTP clients do not trace what it sends. */
export function withoutTracing<T>(fn: () => T): T {
  return context.with(ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true), fn);
}
