import { describe, expect, it } from "vitest";
import { readTokenUsage } from "./token-usage.js";

describe("readTokenUsage", () => {
  it.each<[string, unknown, unknown]>([
    ["no answer", undefined, undefined],
    ["a text", "x", undefined],
    ["no usage", { usage: null }, undefined],
    ["an empty usage", { usage: {} }, undefined],
    ["a usage that is no object", { usage: 7 }, undefined],
    [
      "completions",
      { usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
      { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
    ],
    [
      "no total",
      { usage: { prompt_tokens: 3, completion_tokens: 4 } },
      { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
    ],
    [
      "embeddings",
      { usage: { prompt_tokens: 3, total_tokens: 3 } },
      { input_tokens: 3, output_tokens: 0, total_tokens: 3 },
    ],
    [
      "no tokens at all",
      { usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } },
      { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
    ],
    [
      "cached tokens",
      { usage: { input_tokens: 9, output_tokens: 1, total_tokens: 10, input_tokens_details: { cached_tokens: 0 } } },
      { input_tokens: 9, output_tokens: 1, total_tokens: 10, cache_read_input_tokens: 0 },
    ],
    [
      "details without a count",
      { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, prompt_tokens_details: null } },
      { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    ],
  ])("%s", (_name, answer, expected) => {
    expect(readTokenUsage(answer)).toEqual(expected);
  });
});
