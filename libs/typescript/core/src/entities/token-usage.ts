import { asNumber, asRecord } from "../json/read.js";

/** Tokens of one call, or of a whole trace. Cache counts are there only if somebody reported them. */
export interface TokenUsage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
  cache_creation_input_tokens_above_1hr?: number;
}

const KEYS = [
  "input_tokens",
  "output_tokens",
  "total_tokens",
  "cache_read_input_tokens",
  "cache_creation_input_tokens",
  "cache_creation_input_tokens_above_1hr",
] as const;

/** Usage from a JSON object: missing numbers count 0, and so does anything else; `null` when there is no object. */
export function readTokenUsage(value: unknown): TokenUsage | null {
  if (typeof value !== "object" || value === null) return null;
  return addTokenUsage({ input_tokens: 0, output_tokens: 0, total_tokens: 0 }, asRecord(value));
}

/** The sum of two usages; what is no number in the second counts nothing. */
export function addTokenUsage(
  left: TokenUsage,
  right: { readonly [key in (typeof KEYS)[number]]?: unknown },
): TokenUsage {
  const sum = { ...left };
  for (const key of KEYS) {
    const count = asNumber(right[key]);
    if (count !== undefined) sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}
