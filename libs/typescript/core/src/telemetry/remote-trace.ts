import type { Context } from "@opentelemetry/api";
import { createContextKey } from "../otel/api.js";

/** Context key of the id (32 hex digits) of a trace that began in another process. */
export const REMOTE_TRACE_KEY = createContextKey("mlflow remote trace");

/**
 * Whether a span of this trace that starts in `context` belongs to a trace of another process, which sends the trace's info.
 *
 * @param otelTraceId 32 hex digits
 */
export function isRemoteTrace(context: Context, otelTraceId: string): boolean {
  return context.getValue(REMOTE_TRACE_KEY) === otelTraceId;
}
