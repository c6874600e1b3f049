import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeTheme } from "./code-theme";

type Tokens = ReadonlyMap<string, string>;

const css = readFileSync("src/css/tokens.css", "utf8");
const light = tokensOf(":root");
const dark: Tokens = new Map([...light, ...tokensOf('[data-theme="dark"]')]);
const schemes: [string, Tokens][] = [
  ["light", light],
  ["dark", dark],
];

const surfaces = ["page", "card", "sunken", "accent-soft"];
const spanTypes = "agent llm tool retriever embedding reranker parser memory guardrail evaluator chain".split(" ");
const texts = ["text", "muted", "accent", "link", "error", "warning", "ok", ...spanTypes];
const codeColors = [codeTheme.plain.color, ...codeTheme.styles.map(({ style }) => style.color)];

describe.each(schemes)("the %s tokens", (_, tokens) => {
  it("make every text readable on every surface (WCAG AA)", () => {
    for (const surface of surfaces) {
      for (const text of texts) {
        expect(contrast(resolve(text, tokens), resolve(surface, tokens)), `${text} on ${surface}`).toBeGreaterThan(4.5);
      }
    }
  });

  it("make the chip of every span type readable: its name on 9 % of its own hue", () => {
    for (const surface of surfaces) {
      for (const type of spanTypes) {
        const hue = resolve(type, tokens);
        expect(contrast(hue, mix(hue, resolve(surface, tokens), 0.09)), `${type} on ${surface}`).toBeGreaterThan(4.5);
      }
    }
  });

  it.each([
    ["on-accent", "accent"],
    ["error", "error-soft"],
    ["text", "error-soft"],
    ["warning", "warning-soft"],
    ["text", "warning-soft"],
  ])("make %s readable on %s", (text, surface) => {
    expect(contrast(resolve(text, tokens), resolve(surface, tokens))).toBeGreaterThan(4.5);
  });

  it("make every colour of code readable, on highlighted lines too", () => {
    for (const color of codeColors) {
      const name = /^var\(--([a-z-]+)\)$/.exec(color ?? "")?.[1] ?? "";
      for (const surface of ["sunken", "accent-soft"]) {
        expect(contrast(resolve(name, tokens), resolve(surface, tokens)), `${color} on ${surface}`).toBeGreaterThan(
          4.5,
        );
      }
    }
  });
});

describe("the dark tokens", () => {
  it("replace every colour of the light ones", () => {
    const colors = [...tokensOf(":root")].filter(([, value]) => value.startsWith("#")).map(([name]) => name);
    expect(colors.length).toBeGreaterThan(20);
    expect(colors.filter((name) => !tokensOf('[data-theme="dark"]').has(name))).toEqual([]);
  });
});

describe("contrast", () => {
  it("is 21 for black on white, 1 for a colour on itself, and low for grey on white", () => {
    expect(contrast("#000", "#fff")).toBeCloseTo(21, 5);
    expect(contrast("#0b6e6e", "#0b6e6e")).toBe(1);
    expect(contrast("#999", "#fff")).toBeLessThan(4.5);
  });
});

function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map([...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]));
}

/** Follows `var()` to a hexadecimal colour. */
function resolve(name: string, tokens: Tokens): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`There is no token --${name}.`);
  const reference = /^var\(--([a-z-]+)\)$/.exec(value)?.[1];
  return reference === undefined ? value : resolve(reference, tokens);
}

/** Contrast ratio as WCAG defines it, 1 to 21. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** `share` of one colour over another, as `color-mix(in srgb, …)` does it. */
function mix(over: string, under: string, share: number): string {
  const below = channels(under);
  const mixed = channels(over).map((channel, index) => channel * share + (below[index] ?? 0) * (1 - share));
  return `#${mixed.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Red, green and blue, 0 to 255, of `#rgb` or `#rrggbb`. */
function channels(hex: string): number[] {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  return (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
