import type { LLMResult } from "@langchain/core/outputs";
import type { TokenUsage } from "mlflow-tracing";
import { asRecord } from "./attempt.js";

/**
 * The tokens of a finished model run: what its message says, which has the cached ones; else what the model reported beside
 * it, under the names that models use. `undefined` where neither counts anything.
 */
export function readTokenUsage(result: LLMResult): TokenUsage | undefined {
  for (const generation of result.generations.flat()) {
    const usage = fromMessage(asRecord(asRecord(generation).message).usage_metadata);
    if (usage) return usage;
  }
  const { tokenUsage, usage, estimatedTokenUsage } = asRecord(result.llmOutput);
  return fromReport(tokenUsage) ?? fromReport(usage) ?? fromReport(estimatedTokenUsage);
}

function fromMessage(metadata: unknown): TokenUsage | undefined {
  const { input_token_details, ...counts } = asRecord(metadata);
  const usage = fromReport(counts);
  if (!usage) return undefined;
  const { cache_read, cache_creation } = asRecord(input_token_details);
  return {
    ...usage,
    ...(isCount(cache_read) ? { cache_read_input_tokens: cache_read } : {}),
    ...(isCount(cache_creation) ? { cache_creation_input_tokens: cache_creation } : {}),
  };
}

function fromReport(report: unknown): TokenUsage | undefined {
  const counts = asRecord(report);
  const input = firstCount(counts, ["input_tokens", "promptTokens", "prompt_tokens", "inputTokens"]);
  const output = firstCount(counts, ["output_tokens", "completionTokens", "completion_tokens", "outputTokens"]);
  const total = firstCount(counts, ["total_tokens", "totalTokens"]) ?? (input ?? 0) + (output ?? 0);
  if (total === 0) return undefined;
  return { input_tokens: input ?? 0, output_tokens: output ?? 0, total_tokens: total };
}

function firstCount(counts: Record<string, unknown>, names: readonly string[]): number | undefined {
  return names.map((name) => counts[name]).find(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
