import { describe, expect, it } from "vitest";
import { calculateCostByModelAndTokenUsage as cost } from "./calculate-cost.js";

const tokens = { input_tokens: 1000, output_tokens: 500 };

describe("calculateCostByModelAndTokenUsage", () => {
  it("multiplies tokens with the provider's rates", () => {
    expect(cost("gpt-4o-mini", tokens, "openai")).toEqual({
      input_cost: 1000 * (0.15 / 1e6),
      output_cost: 500 * (0.6 / 1e6),
      total_cost: 1000 * (0.15 / 1e6) + 500 * (0.6 / 1e6),
    });
  });

  it.each([
    ["a prefix", "openai/gpt-4o-mini", undefined],
    ["a provider in capitals", "gpt-4o-mini", "OpenAI"],
    ["a provider with a part", "gpt-4o-mini", "openai.chat"],
    ["a provider with a path", "gpt-4o-mini", "openai/responses"],
    ["a provider that is not listed", "gpt-4o-mini", "my-proxy"],
    ["the wrong provider", "gpt-4o-mini", "anthropic"],
    ["no provider", "gpt-4o-mini", null],
    ["an empty provider", "gpt-4o-mini", ""],
  ])("finds a model with %s", (_case, model, provider) => {
    expect(cost(model, tokens, provider)).toEqual(cost("gpt-4o-mini", tokens, "openai"));
  });

  it("knows models whose own name has a slash", () => {
    expect(cost("openai/gpt-oss-120b", tokens, "groq")).toBeDefined();
    expect(cost("groq/openai/gpt-oss-120b", tokens)).toEqual(cost("openai/gpt-oss-120b", tokens, "groq"));
  });

  it("tells the regions of a model apart", () => {
    const at = (region: string) =>
      cost(`${region}anthropic.claude-sonnet-4-5-20250929-v1:0`, tokens, "bedrock")?.input_cost;
    expect(at("")).toBe(1000 * (3 / 1e6));
    expect(at("global.")).toBe(at(""));
    expect(at("eu.")).toBe(1000 * (3.3 / 1e6));
    expect(at("eu.")).toBe(at("us."));
    expect(at("xx.")).toBeUndefined();
  });

  it.each([
    ["no model", undefined, tokens],
    ["an empty model", "", tokens],
    ["no usage", "gpt-4o", null],
    ["no tokens", "gpt-4o", { input_tokens: 0, output_tokens: 0 }],
    ["cached tokens alone", "gpt-4o", { cache_read_input_tokens: 50 }],
    ["invalid counts alone", "gpt-4o", { input_tokens: Number.NaN, output_tokens: -3 }],
    ["an unknown model", "no-such-model", tokens],
    ["a name of every object", "constructor", tokens],
    ["another name of every object", "__proto__", tokens],
    ["a slash", "/", tokens],
    ["a route", "gateway:/gpt-4o", tokens],
    ["another route", "endpoints:/gpt-4o", tokens],
  ])("is undefined for %s", (_case, model, usage) => {
    expect(cost(model, usage)).toBeUndefined();
    expect(cost(model, usage, "toString")).toBeUndefined();
  });

  it("prices cached tokens at their own rates, which are part of the input", () => {
    const usage = { input_tokens: 100, output_tokens: 0, cache_read_input_tokens: 60, cache_creation_input_tokens: 30 };
    const expected = 10 * (3 / 1e6) + 60 * (0.3 / 1e6) + 30 * (3.75 / 1e6);
    expect(cost("claude-sonnet-4-5", usage, "anthropic")?.input_cost).toBeCloseTo(expected, 15);
    const longLived = { ...usage, cache_creation_input_tokens_above_1hr: 20 };
    const more = 10 * (3 / 1e6) + 60 * (0.3 / 1e6) + 10 * (3.75 / 1e6) + 20 * (6 / 1e6);
    expect(cost("claude-sonnet-4-5", longLived, "anthropic")?.input_cost).toBeCloseTo(more, 15);
  });

  it("prices cached tokens as input where there is no other rate", () => {
    const usage = { input_tokens: 100, cache_read_input_tokens: 40, cache_creation_input_tokens: 10 };
    expect(cost("gpt-4-turbo", usage)?.input_cost).toBeCloseTo(100 * (10 / 1e6), 15);
  });

  it("survives counts that contradict each other", () => {
    const more = { input_tokens: 10, cache_read_input_tokens: 60, cache_creation_input_tokens: 30 };
    expect(cost("claude-sonnet-4-5", more)?.input_cost).toBeCloseTo(60 * (0.3 / 1e6) + 30 * (3.75 / 1e6), 15);
    const broken = { input_tokens: 10, output_tokens: -5, cache_read_input_tokens: Number.NaN };
    expect(cost("gpt-4o", broken)?.total_cost).toBeCloseTo(10 * (2.5 / 1e6), 15);
    const alien = { input_tokens: "10", output_tokens: 2 } as unknown as typeof tokens;
    expect(cost("gpt-4o", alien)?.input_cost).toBe(0);
  });
});
