import { TokenUsageKey } from "../constants.js";
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

const CACHE_KEYS = [
  TokenUsageKey.CACHE_READ_INPUT_TOKENS,
  TokenUsageKey.CACHE_CREATION_INPUT_TOKENS,
  TokenUsageKey.CACHE_CREATION_INPUT_TOKENS_ABOVE_1HR,
] as const;

/** Usage from a JSON object: missing numbers count 0, and so does anything else; `null` when there is no object. */
export function readTokenUsage(value: unknown): TokenUsage | null {
  if (typeof value !== "object" || value === null) return null;
  const record = asRecord(value);
  const usage: TokenUsage = {
    input_tokens: asNumber(record.input_tokens) ?? 0,
    output_tokens: asNumber(record.output_tokens) ?? 0,
    total_tokens: asNumber(record.total_tokens) ?? 0,
  };
  for (const key of CACHE_KEYS) {
    const count = asNumber(record[key]);
    if (count !== undefined) usage[key] = count;
  }
  return usage;
}

/** The sum of two usages. */
export function addTokenUsage(left: TokenUsage, right: TokenUsage): TokenUsage {
  const sum: TokenUsage = {
    input_tokens: left.input_tokens + right.input_tokens,
    output_tokens: left.output_tokens + right.output_tokens,
    total_tokens: left.total_tokens + right.total_tokens,
  };
  for (const key of CACHE_KEYS) {
    if (left[key] !== undefined || right[key] !== undefined) sum[key] = (left[key] ?? 0) + (right[key] ?? 0);
  }
  return sum;
}
