import { warn } from "../diagnostics.js";
import { requireText } from "../require-text.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";
import { textValues } from "../telemetry/text-values.js";
import { getCurrentActiveSpan } from "./active-span.js";

/** What can be said of a whole trace while it is in progress. */
export interface UpdateCurrentTraceOptions {
  tags?: Record<string, string>;
  metadata?: Record<string, string>;
  clientRequestId?: string;
  /** Shown in lists instead of the root's inputs. */
  requestPreview?: string;
  /** Shown in lists instead of the root's outputs. */
  responsePreview?: string;
}

/**
 * Adds tags and metadata to the trace of the active span, or sets its previews. Outside of a trace, reports so and does
 * nothing. A session is the metadata `mlflow.trace.session`, a user `mlflow.trace.user`.
 *
 * @throws Error when a preview is not a string
 * @example updateCurrentTrace({ tags: { team: "search" }, metadata: { "mlflow.trace.session": "chat-7" } });
 */
export function updateCurrentTrace(options: UpdateCurrentTraceOptions): void {
  for (const preview of ["requestPreview", "responsePreview"] as const) {
    if (options[preview] !== undefined) requireText(preview, options[preview]);
  }
  const span = getCurrentActiveSpan();
  const trace = span && InMemoryTraceManager.getInstance().getTrace(span.traceId);
  if (!trace) {
    warn("No active trace found: updateCurrentTrace() works within a span only");
    return;
  }
  const { info } = trace;
  Object.assign(info.tags, textValues(options.tags));
  Object.assign(info.traceMetadata, textValues(options.metadata));
  const { clientRequestId } = textValues({ clientRequestId: options.clientRequestId });
  info.clientRequestId = clientRequestId ?? info.clientRequestId;
  info.requestPreview = options.requestPreview ?? info.requestPreview;
  info.responsePreview = options.responsePreview ?? info.responsePreview;
}

/**
 * MLflow id of the trace that was finished last in this process; `undefined` before the first.
 *
 * @example const trace = await client.getTrace(getLastActiveTraceId() ?? "");
 */
export function getLastActiveTraceId(): string | undefined {
  return InMemoryTraceManager.getInstance().lastActiveTraceId;
}
