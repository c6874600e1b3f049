import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringifyPlain } from "./plain-json.js";
import { stringifyWithCare } from "./safe-json.js";

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
class Point {
  x = 1;
}
const listed = Object.assign([1], { toJSON: () => "custom" });

describe("stringifyPlain", () => {
  it("writes what it writes exactly as the careful writer does", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
    });
    let written = 0;
    const property = fc.property(anything, (value) => {
      const text = stringifyPlain(value);
      if (text !== undefined) written++;
      return text === undefined || text === stringifyWithCare(value);
    });
    fc.assert(property, { numRuns: 2_000 });
    expect(written).toBeGreaterThan(200);
  });

  it.each<[string, unknown]>([
    ["undefined inside", { a: undefined }],
    ["a hole", new Array(3)],
    ["a function", { a: () => 1 }],
    ["a BigInt", [1n]],
    ["a Date", { at: new Date(0) }],
    ["a Map", new Map()],
    ["an error", new Error("x")],
    ["a class instance", new Point()],
    ["an own toJSON", { toJSON: () => 1 }],
    ["a list with toJSON", listed],
    ["no prototype", Object.create(null)],
    ["a cycle", cyclic],
    ["a boxed string", { a: Object("x") }],
    ["a typed array", new Uint8Array(2)],
    ["a text of 20 MiB", "x".repeat(20 * 1024 * 1024)],
    ["a huge list", new Array(1_000_000).fill(0)],
  ])("leaves %s to the careful writer", (_what, value) => {
    expect(stringifyPlain(value)).toBeUndefined();
  });

  it("writes literals, lists and numbers that JSON does not know", () => {
    expect(stringifyPlain({ a: [1, "ø", null, { b: Number.NaN }] })).toBe('{"a":[1,"ø",null,{"b":null}]}');
  });
});
