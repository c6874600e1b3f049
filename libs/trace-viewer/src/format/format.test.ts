import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration } from "./duration";
import { formatCost, formatCount, plural } from "./number";
import { hueOf, nounFor, shortTypeOf } from "./span-type";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u202f", "'");

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [0.00004, "< 1 µs"],
    [0.0121, "12 µs"],
    [0.9994, "999 µs"],
    [0.9999, "1 ms"],
    [2, "2 ms"],
    [2.34, "2.3 ms"],
    [9.96, "10 ms"],
    [842.4, "842 ms"],
    [999.6, "1.00 s"],
    [1240, "1.24 s"],
    [9996, "10.0 s"],
    [59_960, "1 min 00 s"],
    [83_000, "1 min 23 s"],
    [3_599_700, "1 h 00 min"],
    [7_260_000, "2 h 01 min"],
    [-2, "−2 ms"],
    [Number.NaN, "–"],
  ])("%f ms is %s", (ms, text) => {
    expect(plain(formatDuration(ms))).toBe(text);
  });

  it("never shows a unit's full next unit", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => {
        expect(plain(formatDuration(ms))).not.toMatch(/^(1000 (ns|µs|ms)|60(\.0+)? s)|60 (s|min)$/);
      }),
    );
  });
});

describe("numbers", () => {
  it("has thin separators", () => {
    expect([0, 999, 1164, 1234567].map((count) => plain(formatCount(count)))).toEqual([
      "0",
      "999",
      "1'164",
      "1'234'567",
    ]);
  });

  it.each([
    [0, "$0"],
    [0.0041, "$0.0041"],
    [0.000_017, "$0.000017"],
    [0.042, "$0.042"],
    [0.5, "$0.50"],
    [12.5, "$12.50"],
    [1e-9, "<$0.000001"],
  ])("%f dollars are %s", (dollars, text) => {
    expect(formatCost(dollars)).toBe(text);
  });

  it("has plurals", () => {
    expect([plural(1, "span"), plural(2, "span"), plural(0, "span")]).toEqual(["span", "spans", "spans"]);
  });
});

describe("span types", () => {
  it("has a hue for every type, known or not", () => {
    expect(["AGENT", "CHAT_MODEL", "WORKFLOW", "MY_TYPE", "constructor"].map(hueOf)).toEqual([
      "agent",
      "llm",
      "chain",
      "chain",
      "chain",
    ]);
  });

  it("has short names of at most six letters", () => {
    expect(["CHAT_MODEL", "TOOL", "SOMETHING_ELSE", "toString"].map(shortTypeOf)).toEqual([
      "CHAT",
      "TOOL",
      "SOMETH",
      "toStri",
    ]);
  });

  it("has a noun for a sentence", () => {
    expect([nounFor("AGENT"), nounFor(null), nounFor("toString")]).toEqual(["agents", "spans", "spans"]);
  });
});
