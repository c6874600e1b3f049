import { SPAN_TOKEN_USAGE } from "../attribute-keys.js";
import type { Span } from "../entities/span.js";
import { addTokenUsage, readTokenUsage, type TokenUsage } from "../entities/token-usage.js";
import { hasAncestorIn } from "./ancestors.js";

/** Tokens of a trace: the sum over the spans that report usage and have no ancestor that does; `null` when none does. */
export function aggregateTokenUsage(spans: readonly Span[]): TokenUsage | null {
  if (!spans.some((span) => span._span.attributes[SPAN_TOKEN_USAGE] !== undefined)) return null;
  const usages = new Map<string, TokenUsage>();
  const parents = new Map<string, string | null>();
  for (const span of spans) {
    parents.set(span.spanId, span.parentId);
    const stored = span.getAttribute(SPAN_TOKEN_USAGE);
    const usage = stored === undefined ? null : readTokenUsage(stored);
    if (usage) usages.set(span.spanId, usage);
  }
  let total: TokenUsage | null = null;
  for (const [spanId, usage] of usages) {
    if (hasAncestorIn(usages, parents, spanId)) continue;
    total = total ? addTokenUsage(total, usage) : usage;
  }
  return total;
}
