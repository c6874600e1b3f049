import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../json/bigint-json.js";
import { anyText, jsonValues } from "../testing/json-values.js";
import { exactJson, fromTimestamp, toJsonValue, toTimestamp, wellFormed } from "./json-value.js";

describe("exactJson", () => {
  it("is read back equal, with doubles as numbers and long integers as BigInts", () => {
    fc.assert(fc.property(jsonValues, (value) => void expect(parseJson(exactJson(value))).toEqual(value)));
  });

  it("writes a double beyond 2^53 so that it stays one", () => {
    expect(exactJson([1e20, 10n ** 20n, -(2 ** 60)])).toBe("[1e+20,100000000000000000000,-1.152921504606847e+18]");
  });
});

describe("toJsonValue", () => {
  it("leaves JSON as it is", () => {
    fc.assert(fc.property(jsonValues, (value) => void expect(toJsonValue(value, "x")).toEqual(value)));
  });

  it("does what JSON does with dates, undefined, holes and instances", () => {
    class Point {
      x = 1;
      y = undefined;
    }
    const value = { at: new Date(0), gap: undefined, list: [undefined, new Array(1)], point: new Point(), minus: -0 };
    expect(toJsonValue(value, "x")).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      list: [null, [null]],
      point: { x: 1 },
      minus: 0,
    });
  });

  it("copies, also a key named __proto__", () => {
    const value = JSON.parse('{"__proto__":{"polluted":true},"a":[1]}');
    const copy = toJsonValue(value, "x");
    value.a.push(2);
    expect(exactJson(copy)).toBe('{"__proto__":{"polluted":true},"a":[1]}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  it.each([
    ["NaN", Number.NaN, "NaN"],
    ["Infinity", { a: [Number.POSITIVE_INFINITY] }, "Infinity"],
    ["a function", () => 1, "() => 1"],
    ["a symbol", [Symbol("s")], "Symbol(s)"],
    ["a map", { m: new Map() }, "Map"],
    ["a set", new Set(), "Set"],
    ["bytes", new Uint8Array(1), "Uint8Array"],
    ["an error", new Error("x"), "Error"],
    ["a promise", Promise.resolve(1), "Promise"],
    ["a cycle", cycle, "cyclic"],
  ])("refuses %s", (_what, value, message) => {
    expect(() => toJsonValue(value, "feedback 'q'")).toThrow(TypeError);
    expect(() => toJsonValue(value, "feedback 'q'")).toThrow(message);
    expect(() => toJsonValue(value, "feedback 'q'")).toThrow("feedback 'q'");
  });
});

describe("wellFormed", () => {
  it("replaces half surrogate pairs and nothing else", () => {
    expect(wellFormed("a\ud800b\udc00\u{1f642}\udc00")).toBe("a\ufffdb\ufffd\u{1f642}\ufffd");
    fc.assert(
      fc.property(anyText, (text) => {
        const sane = wellFormed(text);
        expect(() => encodeURIComponent(sane)).not.toThrow();
        expect(sane).toHaveLength(text.length);
      }),
    );
  });
});

describe("timestamps", () => {
  it.each([
    [0, "1970-01-01T00:00:00.000Z"],
    [1749996461282.9, "2025-06-15T14:07:41.282Z"],
    [-1, "1969-12-31T23:59:59.999Z"],
    [Date.parse("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00.000Z"],
    [Date.parse("9999-12-31T23:59:59.999Z"), "9999-12-31T23:59:59.999Z"],
  ])("writes %d", (ms, text) => {
    expect(toTimestamp(ms)).toBe(text);
    expect(fromTimestamp(text)).toBe(Math.floor(ms));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e15, -1e14])("has none for %d", (ms) => {
    expect(toTimestamp(ms)).toBeUndefined();
  });

  it.each([undefined, "", "yesterday"])("reads none from %j", (text) => expect(fromTimestamp(text)).toBeUndefined());
});
