import { describe, expect, it } from "vitest";
import { integrations } from "../../data/integrations";
import { hue, initials } from "./monogram";

describe("initials", () => {
  it.each([
    ["Google ADK", "GA"],
    ["LangChain", "LC"],
    ["Anthropic", "An"],
    ["txtai", "tx"],
    ["xAI / Grok", "XG"],
    ["n8n", "n8"],
    ["AG2", "AG"],
    ["Claude Agent SDK (TS)", "CA"],
    ["  ", ""],
    ["Évora", "Év"],
  ])("of %j are %j", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  it("are one or two characters for every integration", () => {
    for (const { name } of integrations) expect(initials(name), name).toMatch(/^[\p{L}\p{N}]{1,2}$/u);
  });
});

describe("hue", () => {
  it("is stable, in degrees, and varies", () => {
    const hues = integrations.map(({ name }) => hue(name));
    expect(hues).toEqual(integrations.map(({ name }) => hue(name)));
    for (const value of hues) expect(value >= 0 && value < 360 && Number.isInteger(value)).toBe(true);
    expect(new Set(hues).size).toBeGreaterThan(6);
  });
});
