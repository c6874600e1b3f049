import { TRACE_SESSION, TRACE_USER } from "../attribute-keys.js";
import { guarded } from "../diagnostics.js";
import { context } from "../otel/api.js";
import { textValues } from "../telemetry/text-values.js";
import { getTraceContext, setTraceContext, type TraceContext } from "../telemetry/trace-context.js";

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
  const inner = guarded("Failed to read the options of tracingContext", () => merge(outer, options ?? {}), outer);
  return context.with(setTraceContext(active, inner), fn);
}

function merge(outer: TraceContext, options: TracingContextOptions): TraceContext {
  const { sessionId, user, enabled = outer.enabled } = options;
  const named = { [TRACE_SESSION]: sessionId, [TRACE_USER]: user };
  return {
    metadata: { ...outer.metadata, ...textValues(options.metadata), ...textValues(named) },
    tags: { ...outer.tags, ...textValues(options.tags) },
    enabled: enabled !== false,
  };
}
