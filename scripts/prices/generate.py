"""Writes the price table of the TypeScript SDK from the model catalog that MLflow ships.

Usage: python3 generate.py <folder of the catalog's JSON files> <version of MLflow> > prices.ts
"""

import json
import re
import sys
from pathlib import Path

# In the order in which a model without a provider is looked for: makers before resellers.
PROVIDERS = "openai anthropic gemini mistral deepseek xai cohere cohere_chat groq bedrock".split()
MODES = {"chat", "embedding", "responses"}
RATES = [
    "input_per_million_tokens",
    "output_per_million_tokens",
    "cache_read_per_million_tokens",
    "cache_write_per_million_tokens",
    "cache_write_1hr_per_million_tokens",
]
# Bedrock names a model once more for each group of regions.
REGION = re.compile(r"^(?:(us|eu|apac|au|jp|global|us-gov)\.)?(.*)$")


def rates_of(entry):
    """The rates in US dollars per million tokens, separated by commas; None when the model has no price."""
    pricing = entry.get("pricing") or {}
    if entry.get("mode") not in MODES or pricing.get(RATES[0]) is None:
        return None
    texts = ["" if pricing.get(rate) is None else repr(pricing[rate]).removesuffix(".0") for rate in RATES]
    return ",".join(texts).rstrip(",")


def is_wanted(provider, name):
    return provider != "bedrock" or "/" not in name


def fold_regions(names):
    """Names that differ in their region only become one: `,eu,us>x` for `x`, `eu.x` and `us.x`."""
    regions = {}
    for name in names:
        region, bare = REGION.match(name).groups()
        regions.setdefault(bare, []).append(region or "")
    return [bare if found == [""] else f"{','.join(sorted(found))}>{bare}" for bare, found in sorted(regions.items())]


def rows_of(provider, models):
    by_rates = {}
    for name, entry in models.items():
        rates = rates_of(entry)
        if rates is None or not is_wanted(provider, name):
            continue
        by_rates.setdefault(rates, []).append(name)
    ordered = sorted(by_rates.items(), key=lambda row: min(row[1]))
    return [f"{rates} {' '.join(fold_regions(names))}" for rates, names in ordered]


def main(folder, version):
    newest, lines = "", []
    for provider in PROVIDERS:
        models = json.loads((Path(folder) / f"{provider}.json").read_text("utf-8"))["models"]
        newest = max(newest, *(entry.get("last_updated_at") or "" for entry in models.values()))
        lines += [f"@{provider}", *rows_of(provider, models)]
    print("/**")
    print(f" * Prices of chat and embedding models. Source: the model catalog of MLflow {version}, newest entry of {newest}.")
    print(" * Written by scripts/prices/generate.py; do not edit.")
    print(" *")
    print(" * A line `@provider` begins a provider. Each other line is `rates model model …`: US dollars per million tokens for")
    print(" * input, output, cache read, cache write and one-hour cache write, separated by commas; missing ones are empty.")
    print(" * `,eu,us>x` stands for `x`, `eu.x` and `us.x`.")
    print(" */")
    print("export const PRICES = `")
    print("\n".join(lines))
    print("`;")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
