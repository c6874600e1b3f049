import { context } from "@opentelemetry/api";
import { TraceMetadataKey } from "../constants.js";
import { getTraceContext, setTraceContext } from "../telemetry/trace-context.js";

/** What the traces that start within a scope have in common. */
export interface TracingContextOptions {
  metadata?: Record<string, string>;
  tags?: Record<string, string>;
  /** `false` records nothing within the scope. */
  enabled?: boolean;
  /** Metadata `mlflow.trace.session`. */
  sessionId?: string;
  /** Metadata `mlflow.trace.user`. */
  user?: string;
}

/**
 * Runs `fn` in a scope whose options apply to the traces that start within it. Scopes nest key by key, the inner one wins.
 *
 * @returns what `fn` returns
 * @example await tracingContext({ sessionId: "chat-7", user: "kari" }, () => answer(question));
 */
export function tracingContext<T>(options: TracingContextOptions, fn: () => T): T {
  const active = context.active();
  const outer = getTraceContext(active);
  const metadata = { ...outer.metadata, ...options.metadata };
  if (options.sessionId !== undefined) metadata[TraceMetadataKey.TRACE_SESSION] = options.sessionId;
  if (options.user !== undefined) metadata[TraceMetadataKey.TRACE_USER] = options.user;
  const inner = { metadata, tags: { ...outer.tags, ...options.tags }, enabled: options.enabled ?? outer.enabled };
  return context.with(setTraceContext(active, inner), fn);
}
