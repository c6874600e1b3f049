import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import { NoOpSpan } from "../entities/no-op-span.js";
import { recordCall } from "./record-call.js";
import { type SpanOptions, startSpan } from "./start-span.js";

/**
 * Runs `callback` within a new span, active throughout, and ends the span with its outcome. Returns what the callback
 * returns; an error comes out as the same object. Outputs are the result, unless the callback sets them.
 *
 * @example
 * const answer = await withSpan(async (span) => {
 *   span.setInputs({ question });
 *   return ask(question);
 * }, { name: "answer", spanType: SpanType.CHAIN });
 */
export function withSpan<T>(callback: (span: LiveSpan) => T, options: Partial<Omit<SpanOptions, "parent">> = {}): T {
  const span = guarded(
    "Failed to start span",
    () => startSpan({ ...options, name: options.name ?? "" }),
    new NoOpSpan(),
  );
  return recordCall(span, () => callback(span));
}
