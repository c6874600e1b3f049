import { SpanType } from "../constants.js";

/** How much a span matters; the numbers are those of Python's `logging`. */
export const SpanLogLevel = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 } as const;
export type SpanLogLevel = (typeof SpanLogLevel)[keyof typeof SpanLogLevel];

const LEVELS = new Map<string, SpanLogLevel>(Object.entries(SpanLogLevel));
const INFORMATIVE = new Set<string>([
  SpanType.LLM,
  SpanType.CHAT_MODEL,
  SpanType.TOOL,
  SpanType.RETRIEVER,
  SpanType.AGENT,
  SpanType.EMBEDDING,
]);

/**
 * A level from its number or its name, whatever the case and the spaces around it.
 *
 * @throws Error when `value` is neither
 * @example toSpanLogLevel("info") // 20
 */
export function toSpanLogLevel(value: SpanLogLevel | number | string): SpanLogLevel {
  const level = typeof value === "string" ? LEVELS.get(value.trim().toUpperCase()) : asLevel(value);
  if (level === undefined) {
    throw new Error(`Invalid SpanLogLevel: ${String(value)}. Expected one of ${[...LEVELS.keys()].join(", ")}.`);
  }
  return level;
}

/** `value` if it is the number of a level. */
export function asLevel(value: unknown): SpanLogLevel | undefined {
  return [...LEVELS.values()].find((level) => level === value);
}

/** INFO for spans that do the work of an LLM application, DEBUG for all others. */
export function defaultLogLevel(spanType: string | null | undefined): SpanLogLevel {
  return INFORMATIVE.has(spanType ?? "") ? SpanLogLevel.INFO : SpanLogLevel.DEBUG;
}
