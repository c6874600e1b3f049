import type { TokenUsage } from "mlflow-tracing";

type Details = { cached_tokens?: number | null } | null;

/** The part of OpenAI's usage that MLflow counts: of completions and embeddings, or of responses. */
interface OpenAIUsage {
  prompt_tokens?: number | null;
  completion_tokens?: number | null;
  prompt_tokens_details?: Details;
  input_tokens?: number | null;
  output_tokens?: number | null;
  input_tokens_details?: Details;
  total_tokens?: number | null;
}

/**
 * MLflow's form of an answer's usage. Cached tokens are part of the input and are there when they were reported; reasoning
 * tokens are part of the output and not told apart. Embeddings have no output.
 *
 * @returns `undefined` when the answer has no usage
 */
export function readTokenUsage(answer: unknown): TokenUsage | undefined {
  const usage = (answer as { usage?: OpenAIUsage | null } | null | undefined)?.usage;
  if (typeof usage !== "object" || usage === null) return undefined;
  const input = usage.input_tokens ?? usage.prompt_tokens;
  if (typeof input !== "number") return undefined;
  const output = usage.output_tokens ?? usage.completion_tokens ?? 0;
  const total = usage.total_tokens ?? input + output;
  const tokens: TokenUsage = { input_tokens: input, output_tokens: output, total_tokens: total };
  const cached = (usage.input_tokens_details ?? usage.prompt_tokens_details)?.cached_tokens;
  if (typeof cached === "number") tokens.cache_read_input_tokens = cached;
  return tokens;
}
