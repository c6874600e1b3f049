import type { TokenUsage } from "mlflow-tracing";

/** The part of Gemini's usage that MLflow counts. */
interface GeminiUsage {
  promptTokenCount?: unknown;
  candidatesTokenCount?: unknown;
  totalTokenCount?: unknown;
  cachedContentTokenCount?: unknown;
}

/**
 * MLflow's form of a response's usage, as sent: thoughts and the results of the service's own tools are in the total alone.
 * A blocked prompt has no output.
 *
 * @returns `undefined` when the response has no usage
 */
export function readTokenUsage(response: unknown): TokenUsage | undefined {
  const usage = (response as { usageMetadata?: GeminiUsage | null } | null | undefined)?.usageMetadata;
  if (typeof usage !== "object" || usage === null) return undefined;
  const { promptTokenCount, candidatesTokenCount, totalTokenCount, cachedContentTokenCount } = usage;
  if (![promptTokenCount, candidatesTokenCount, totalTokenCount].some(isCount)) return undefined;
  const input = isCount(promptTokenCount) ? promptTokenCount : 0;
  const output = isCount(candidatesTokenCount) ? candidatesTokenCount : 0;
  const total = isCount(totalTokenCount) ? totalTokenCount : input + output;
  const tokens: TokenUsage = { input_tokens: input, output_tokens: output, total_tokens: total };
  if (isCount(cachedContentTokenCount)) tokens.cache_read_input_tokens = cachedContentTokenCount;
  return tokens;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
