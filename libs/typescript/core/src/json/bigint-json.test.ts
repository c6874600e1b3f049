import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "./bigint-json.js";

describe("JSON with BigInts", () => {
  it("keeps nanoseconds exact", () => {
    const text = '{"start":1795383859075081230,"end":null}';
    expect(parseJson(text)).toEqual({ start: 1795383859075081230n, end: null });
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it("agrees with JSON on everything else", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!/\d{16}/.test(JSON.stringify(value)));
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(stringifyJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it("gives any BigInt back", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const back = parseJson(stringifyJson([value])) as [number | bigint];
        expect(BigInt(back[0])).toBe(value);
      }),
    );
  });

  it.each([
    ["0.12345678901234567890", 0.12345678901234568],
    ["12345678901234567890.5", Number("12345678901234567890.5")],
    ["12345678901234567890e3", Number("12345678901234567890e3")],
    ["1e0000000000000000000001", 10],
    ["-12345678901234567890", -12345678901234567890n],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740993", 9007199254740993n],
    ['"12345678901234567890"', "12345678901234567890"],
    ['"a\\\\\\"12345678901234567890"', 'a\\"12345678901234567890'],
    ['{"12345678901234567890":1}', { "12345678901234567890": 1 }],
  ])("reads %s", (text, expected) => expect(parseJson(text)).toEqual(expected));

  it("is not fooled by text that looks like its own marks", () => {
    const text = JSON.stringify({ a: "\u0000bigint:12", b: "1234567890123456789" });
    expect(parseJson(text)).toEqual({ a: "\u0000bigint:12", b: "1234567890123456789" });
    expect(parseJson(`[${JSON.stringify("\u0000bigint:x")},12345678901234567890]`)).toEqual([
      "\u0000bigint:x",
      12345678901234567890n,
    ]);
  });

  it("reads strings of many megabytes, quotes and backslashes and all", () => {
    const value = { text: `\\\\"${"x".repeat(12_000_000)}\\"`.repeat(2), ns: 1795383859075081230n };
    expect(parseJson(stringifyJson(value))).toEqual(value);
  });

  it("refuses what is no JSON", () => {
    expect(() => parseJson("<html>12345678901234567890</html>")).toThrow(SyntaxError);
    expect(() => parseJson("")).toThrow(SyntaxError);
  });
});
