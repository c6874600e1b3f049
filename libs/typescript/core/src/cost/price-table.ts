import { PRICES } from "./prices.js";

/** US dollars per million tokens. */
export interface ModelRates {
  inputPerMillion: number;
  outputPerMillion: number;
  cacheReadPerMillion?: number;
  cacheWritePerMillion?: number;
  /** Of cache entries that live for an hour. */
  cacheWrite1hrPerMillion?: number;
}

type Models = ReadonlyMap<string, ModelRates>;

/** Read when the first price is asked for. */
let providers: ReadonlyMap<string, Models> | undefined;

/**
 * The rates of a model: from the provider's list, else from the first list that has it, where those who make models come
 * before those who resell them. A list has a model under its full name, or under what follows the first `/`.
 *
 * @param provider any case; `openai.chat` and `openai/chat` are `openai` where no list has the longer name
 */
export function findRates(model: string, provider: string | undefined): ModelRates | undefined {
  providers ??= readTable(PRICES);
  const named = provider?.toLowerCase() ?? "";
  const list = providers.get(named) ?? providers.get(named.split(/[./]/, 1)[0] ?? "");
  const candidates = list ? [list, ...providers.values()] : providers.values();
  for (const models of candidates) {
    const rates = models.get(model) ?? models.get(model.slice(model.indexOf("/") + 1));
    if (rates) return rates;
  }
  return undefined;
}

function readTable(text: string): Map<string, Models> {
  const table = new Map<string, Map<string, ModelRates>>();
  let models = new Map<string, ModelRates>();
  for (const line of text.trim().split("\n")) {
    if (line.startsWith("@")) {
      models = new Map();
      table.set(line.slice(1), models);
      continue;
    }
    const [rates = "", ...tokens] = line.split(" ");
    const settled = readRates(rates);
    for (const name of tokens.flatMap(unfoldRegions)) models.set(name, settled);
  }
  return table;
}

/** `x` of `x`; `x`, `eu.x` and `us.x` of `,eu,us>x`. */
function unfoldRegions(token: string): string[] {
  const [regions, name] = token.split(">");
  if (regions === undefined || name === undefined) return [token];
  return regions.split(",").map((region) => (region === "" ? name : `${region}.${name}`));
}

function readRates(text: string): ModelRates {
  const [input, output, cacheRead, cacheWrite, cacheWrite1hr] = text
    .split(",")
    .map((rate) => (rate === "" ? undefined : Number(rate)));
  return {
    inputPerMillion: input ?? 0,
    outputPerMillion: output ?? 0,
    ...(cacheRead !== undefined && { cacheReadPerMillion: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWritePerMillion: cacheWrite }),
    ...(cacheWrite1hr !== undefined && { cacheWrite1hrPerMillion: cacheWrite1hr }),
  };
}
