import { describe, expect, it } from "vitest";
import { normalizeId } from "./ids";
import { asNumber, decodeValue, toJsonText } from "./json-value";
import { readNanoseconds } from "./nanoseconds";
import { readCost, readTokenUsage } from "./usage";

describe("normalizeId", () => {
  it.each([
    ["tr-543171b8f02bd196910a5a004881e715", "543171b8f02bd196910a5a004881e715"],
    ["VDFxuPAr0ZaRCloASIHnFQ==", "543171b8f02bd196910a5a004881e715"],
    ["fEN32srUDqg=", "7c4377dacad40ea8"],
    ["7c4377dacad40ea8", "7c4377dacad40ea8"],
    ["trace:/catalog.schema/543171b8f02bd196910a5a004881e715", "543171b8f02bd196910a5a004881e715"],
    ["a/b", "a/b"],
    [null, ""],
    [{}, ""],
  ])("%s is %s", (id, normal) => {
    expect(normalizeId(id)).toBe(normal);
  });
});

describe("readNanoseconds", () => {
  it("reads strings exactly, numbers and BigInts", () => {
    expect(readNanoseconds("1795383894604819121")).toBe(1795383894604819121n);
    expect(readNanoseconds(5.9)).toBe(5n);
    expect(readNanoseconds(7n)).toBe(7n);
  });

  it.each([0, "0", -1, "-1", "1.5", "", "x", Number.NaN, 1e300, "9".repeat(21), null, undefined, {}])(
    "%s is no time",
    (value) => {
      expect(readNanoseconds(value)).toBeNull();
    },
  );
});

describe("values", () => {
  it("decodes JSON text and leaves other text alone", () => {
    expect([decodeValue('"TOOL"'), decodeValue("TOOL"), decodeValue("{broken"), decodeValue({ a: 1 })]).toEqual([
      "TOOL",
      "TOOL",
      "{broken",
      { a: 1 },
    ]);
  });

  it("reads numbers from numbers and decimal text only", () => {
    expect([asNumber("12"), asNumber(3), asNumber(""), asNumber("x"), asNumber(null), asNumber(Number.NaN)]).toEqual([
      12,
      3,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("writes what JSON cannot", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(toJsonText(cycle)).toContain("cannot be written as JSON");
    expect(toJsonText({ big: 2n ** 70n })).toBe('{"big":"1180591620717411303424"}');
    expect(toJsonText(undefined)).toBe("undefined");
  });
});

describe("usage and cost", () => {
  it("fills in the total, keeps further counts and drops zeros among them", () => {
    const usage = readTokenUsage(
      '{"input_tokens": 3, "output_tokens": "4", "cache_read_input_tokens": 2, "cache_creation_input_tokens": 0}',
    );
    expect(usage).toEqual({ inputTokens: 3, outputTokens: 4, totalTokens: 7, details: { cache_read_input_tokens: 2 } });
  });

  it.each([undefined, "", "[]", "nonsense", "{}", '{"input_tokens": -1}', 5])("%s is no usage", (value) => {
    expect(readTokenUsage(value)).toBeNull();
  });

  it("reads a cost whole or by its parts", () => {
    expect(readCost('{"total_cost": 0.25}')).toBe(0.25);
    expect(readCost({ input_cost: 0.5, output_cost: 0.25 })).toBe(0.75);
    expect(readCost("{}")).toBeNull();
  });
});
