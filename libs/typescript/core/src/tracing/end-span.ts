import { SPAN_OUTPUTS } from "../attribute-keys.js";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";

/** Ends `span` with `outputs`, unless it has outputs already. */
export function endWithOutputs(span: LiveSpan, outputs: unknown): void {
  const has = guarded("Failed to read outputs", () => span.getAttributeJson(SPAN_OUTPUTS) !== undefined, false);
  span.end(has ? {} : { outputs });
}

/** Ends `span` as failed, with what was thrown as an event. */
export function endWithError(span: LiveSpan, error: unknown): void {
  span.recordException(error);
  span.end();
}
