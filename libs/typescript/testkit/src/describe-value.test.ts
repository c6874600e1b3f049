import { describe, expect, it } from "vitest";
import { describeValue, findDifference, findJsonDifference } from "./describe-value.js";

class Answer {
  constructor(readonly text: string) {}
}
const cycle = (name: string) => {
  const value: Record<string, unknown> = { name };
  value.self = value;
  return value;
};

describe("findDifference", () => {
  it.each([
    ["numbers", 1, 2, { path: "", expected: "1", seen: "2" }],
    ["kinds", "1", 1, { path: "", expected: '"1"', seen: "1" }],
    ["null and an object", null, {}, { path: "", expected: "null", seen: "{}" }],
    ["a part", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, { path: ".a[0].b", expected: "1", seen: "2" }],
    ["a part that is missing", { a: 1 }, {}, { path: ".a", expected: "1", seen: "undefined" }],
    ["a part that is too much", {}, { a: 1 }, { path: ".a", expected: "undefined", seen: "1" }],
    ["lengths", [1], [1, 2], { path: "[1]", expected: "undefined", seen: "2" }],
    ["classes", new Answer("a"), { text: "a" }, { path: "", expected: "class Answer", seen: "class Object" }],
    ["cycles", cycle("a"), cycle("b"), { path: ".name", expected: '"a"', seen: '"b"' }],
  ])("sees different %s", (_, expected, seen, difference) => {
    expect(findDifference(expected, seen)).toEqual(difference);
  });

  it.each([
    ["NaN", Number.NaN, Number.NaN],
    ["equal parts", { a: [new Answer("x")] }, { a: [new Answer("x")] }],
    ["functions", { f: () => 1 }, { f: () => 2 }],
    ["cycles", cycle("a"), cycle("a")],
  ])("sees none between %s", (_, expected, seen) => {
    expect(findDifference(expected, seen)).toBeUndefined();
  });
});

describe("findJsonDifference", () => {
  it("minds neither classes nor undefined", () => {
    expect(findJsonDifference({ a: new Answer("x"), b: undefined }, { a: { text: "x" } })).toBeUndefined();
    expect(findJsonDifference(12n, 12)).toBeUndefined();
    expect(findJsonDifference({ a: 1 }, { a: 2 })?.path).toBe(".a");
    expect(findJsonDifference({ a: 1 }, undefined)).toBeDefined();
  });
});

describe("describeValue", () => {
  it.each([
    [new TypeError("no"), "TypeError: no"],
    ["a", '"a"'],
    [12n, "12"],
    [{ a: 12n }, '{"a":"12"}'],
    [cycle("a"), "[object Object]"],
    [undefined, "undefined"],
    [Symbol("s"), "Symbol(s)"],
  ])("is short and never throws: %#", (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it("cuts what is long", () => {
    expect(describeValue("x".repeat(1_000))).toMatch(/^"x{399}… \(1002 characters\)$/);
  });
});
