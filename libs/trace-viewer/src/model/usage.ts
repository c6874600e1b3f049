import { asNumber, asRecord, decodeValue, isRecord } from "./json-value";

/** Tokens of one call or one trace. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** Every further count that was reported, by its own name, e.g. `cache_read_input_tokens`. */
  readonly details: Readonly<Record<string, number>>;
}

const MAIN_COUNTS = new Set(["input_tokens", "output_tokens", "total_tokens"]);

/** Reads `{"input_tokens", "output_tokens", "total_tokens", …}` as JSON text or decoded; `null` when nothing was counted. */
export function readTokenUsage(value: unknown): TokenUsage | null {
  const record = decodeValue(value);
  if (!isRecord(record)) return null;
  const input = countOf(record.input_tokens);
  const output = countOf(record.output_tokens);
  const total = countOf(record.total_tokens);
  if (input === undefined && output === undefined && total === undefined) return null;
  return {
    inputTokens: input ?? 0,
    outputTokens: output ?? 0,
    totalTokens: total ?? (input ?? 0) + (output ?? 0),
    details: readDetails(record),
  };
}

function readDetails(record: Readonly<Record<string, unknown>>): Record<string, number> {
  const pairs = Object.entries(record).flatMap(([key, value]) => {
    const count = MAIN_COUNTS.has(key) ? undefined : countOf(value);
    return count ? [[key, count] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function countOf(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}

export function addUsage(a: TokenUsage | null, b: TokenUsage | null): TokenUsage | null {
  if (!a || !b) return a ?? b;
  const keys = new Set([...Object.keys(a.details), ...Object.keys(b.details)]);
  const details = Object.fromEntries(Array.from(keys, (key) => [key, (a.details[key] ?? 0) + (b.details[key] ?? 0)]));
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    totalTokens: a.totalTokens + b.totalTokens,
    details,
  };
}

/** Reads the US dollars of `{"input_cost", "output_cost", "total_cost"}`; `null` when no cost is known. */
export function readCost(value: unknown): number | null {
  const record = asRecord(decodeValue(value));
  const total = countOf(record.total_cost);
  if (total !== undefined) return total;
  const [input, output] = [countOf(record.input_cost), countOf(record.output_cost)];
  return input === undefined && output === undefined ? null : (input ?? 0) + (output ?? 0);
}

export function addCost(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
