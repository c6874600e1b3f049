import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";

/** Called with a span that has just started or ended. */
export type SpanHook = (span: LiveSpan) => void;

const startHooks = new Set<SpanHook>();
const endHooks = new Set<SpanHook>();

/**
 * Calls `hook` with every span that starts, whoever started it. A hook registered twice is called once; what it throws is
 * reported and goes no further.
 *
 * @returns an undo
 * @example const undo = registerOnSpanStartHook((span) => span.setAttribute("app.version", version));
 */
export function registerOnSpanStartHook(hook: SpanHook): () => void {
  startHooks.add(hook);
  return () => void startHooks.delete(hook);
}

/**
 * Calls `hook` with every span that has ended; set `span.allowMutatingEndedSpan` to still change it.
 *
 * @returns an undo
 * @example
 * const undo = registerOnSpanEndHook((span) => {
 *   span.allowMutatingEndedSpan = true;
 *   span.setInputs(redact(span.inputs));
 * });
 */
export function registerOnSpanEndHook(hook: SpanHook): () => void {
  endHooks.add(hook);
  return () => void endHooks.delete(hook);
}

export function runStartHooks(span: LiveSpan): void {
  for (const hook of startHooks) guarded("A span start hook failed", () => hook(span));
}

export function runEndHooks(span: LiveSpan): void {
  for (const hook of endHooks) guarded("A span end hook failed", () => hook(span));
}
