import { calculateCostByModelAndTokenUsage, type ModelTokenUsage } from "mlflow-tracing";
import { attributeText } from "./attribute-text";
import type { Sums } from "./sums";

/** What a model call costs by the price list of a real server, which the SDK has too; `undefined` for unknown models. */
export function priceOf(attributes: ReadonlyMap<string, string>, usage: Sums | undefined): Sums | undefined {
  const model = attributes.get("mlflow.llm.model");
  if (model === undefined || !usage) return undefined;
  const provider = attributes.get("mlflow.llm.provider");
  const tokens = Object.fromEntries(usage) as unknown as ModelTokenUsage;
  const cost = calculateCostByModelAndTokenUsage(
    attributeText(model),
    tokens,
    provider === undefined ? undefined : attributeText(provider),
  );
  return cost && new Map(Object.entries(cost));
}
