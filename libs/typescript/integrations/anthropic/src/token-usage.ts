import type { TokenUsage } from "mlflow-tracing";

/** The part of Anthropic's usage that MLflow counts. */
interface AnthropicUsage {
  input_tokens?: number | null;
  output_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  cache_creation?: { ephemeral_1h_input_tokens?: number | null } | null;
}

/**
 * MLflow's form of a message's usage: the total is input and output, cache counts are there when they were reported.
 *
 * @returns `undefined` when the message has no usage
 */
export function readTokenUsage(message: unknown): TokenUsage | undefined {
  const usage = (message as { usage?: AnthropicUsage | null } | null | undefined)?.usage;
  if (typeof usage !== "object" || usage === null) return undefined;
  const input = usage.input_tokens ?? 0;
  const output = usage.output_tokens ?? 0;
  const tokens: TokenUsage = { input_tokens: input, output_tokens: output, total_tokens: input + output };
  const cacheRead = usage.cache_read_input_tokens;
  const cacheCreation = usage.cache_creation_input_tokens;
  const above1hr = usage.cache_creation?.ephemeral_1h_input_tokens;
  if (typeof cacheRead === "number") tokens.cache_read_input_tokens = cacheRead;
  if (typeof cacheCreation === "number") tokens.cache_creation_input_tokens = cacheCreation;
  if (typeof above1hr === "number") tokens.cache_creation_input_tokens_above_1hr = above1hr;
  return tokens;
}
