import { findRates, type ModelRates } from "./price-table.js";

/** Tokens of one call. `input_tokens` includes those that were read from or written to the cache. */
export interface ModelTokenUsage {
  input_tokens?: number;
  output_tokens?: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
  /** Those of `cache_creation_input_tokens` that live for an hour. */
  cache_creation_input_tokens_above_1hr?: number;
}

/** US dollars. */
export interface ModelCost {
  input_cost: number;
  output_cost: number;
  total_cost: number;
}

/** Names that begin so are routes within MLflow, not models. */
const ROUTES = /^(gateway|endpoints):\//;

/**
 * What a call of a language model costs by the provider's public price list.
 *
 * @param model as the provider names it, also with a prefix `provider/`
 * @param provider e.g. `openai`; lists of all providers are searched without it, or when its own does not have the model
 * @returns US dollars; `undefined` for an unknown model, and when no tokens were used
 * @example calculateCostByModelAndTokenUsage("gpt-4o-mini", { input_tokens: 1000, output_tokens: 500 }, "openai")
 * // { input_cost: 0.00015, output_cost: 0.0003, total_cost: 0.00045 }
 */
export function calculateCostByModelAndTokenUsage(
  model: string | null | undefined,
  usage: ModelTokenUsage | null | undefined,
  provider?: string | null,
): ModelCost | undefined {
  if (!model || !usage || typeof model !== "string" || ROUTES.test(model)) return undefined;
  const outputTokens = count(usage.output_tokens);
  if (count(usage.input_tokens) === 0 && outputTokens === 0) return undefined;
  const rates = findRates(model, typeof provider === "string" ? provider : undefined);
  if (!rates) return undefined;
  const input_cost = inputCost(usage, rates);
  const output_cost = outputTokens * perToken(rates.outputPerMillion);
  return { input_cost, output_cost, total_cost: input_cost + output_cost };
}

function inputCost(usage: ModelTokenUsage, rates: ModelRates): number {
  const read = count(usage.cache_read_input_tokens);
  const written = count(usage.cache_creation_input_tokens);
  const longLived = Math.min(count(usage.cache_creation_input_tokens_above_1hr), written);
  const rest = Math.max(count(usage.input_tokens) - read - written, 0);
  const { inputPerMillion, cacheReadPerMillion = inputPerMillion, cacheWritePerMillion = inputPerMillion } = rates;
  return (
    rest * perToken(inputPerMillion) +
    read * perToken(cacheReadPerMillion) +
    (written - longLived) * perToken(cacheWritePerMillion) +
    longLived * perToken(rates.cacheWrite1hrPerMillion ?? cacheWritePerMillion)
  );
}

/** Divided before it is multiplied, as MLflow's server does, so that the results agree to the last digit. */
function perToken(perMillion: number): number {
  return perMillion / 1_000_000;
}

function count(tokens: unknown): number {
  return typeof tokens === "number" && Number.isFinite(tokens) && tokens > 0 ? tokens : 0;
}
