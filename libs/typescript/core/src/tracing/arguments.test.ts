import { describe, expect, it } from "vitest";
import { namedArguments } from "./arguments.js";

describe("namedArguments", () => {
  it.each<[string, object, unknown[], object]>([
    ["named parameters", (a: number, b: number) => a + b, [1, 2], { a: 1, b: 2 }],
    ["missing ones", (a: number, b?: number) => [a, b], [1], { a: 1 }],
    ["surplus ones", (a: number) => a, [1, 2, 3], { a: 1 }],
    ["undefined and null", (a: unknown, b: unknown) => [a, b], [undefined, null], { a: undefined, b: null }],
    ["nothing", () => 1, [], {}],
    ["a rest parameter", (a: number, ...rest: number[]) => [a, rest], [1, 2, 3], { a: 1 }],
    ["only a rest parameter", (...rest: number[]) => rest, [1, 2], { args: [1, 2] }],
    ["only a pattern", ({ a }: { a: number }) => a, [{ a: 1 }], { args: [{ a: 1 }] }],
    ["a pattern among names", ({ a }: { a: number }, b: number) => [a, b], [{ a: 1 }, 2], { arg0: { a: 1 }, b: 2 }],
    ["a native function", Math.max, [1, 2], { args: [1, 2] }],
    ["a bound function", ((a: number) => a).bind(null), [1], { args: [1] }],
    ["a constructed function", new Function("a", "b", "return a"), [1, 2], { a: 1, b: 2 }],
  ])("maps %s", (_what, fn, args, expected) => expect(namedArguments(fn, args)).toEqual(expected));

  it.each([
    "x => x",
    "async x => x",
    "(x) => x",
    "async (x) => x",
    "function (x) {}",
    "async function named(x) {}",
    "function* generator(x) {}",
    "(x = ')') => x",
    "(x = (1, 2), /* y, */ z) => x",
    "(x // first, really\n, z) => x",
    "(x = `a, b`) => x",
    "(x = { a: [1, (2)] }, z) => x",
    "({ async method(x) {} }).method",
    "({ ['a(b)'](x) {} })['a(b)']",
    "({ *generator(x) {} }).generator",
    "(class { static of(x) {} }).of",
    "(x, z = 'it\\'s, fine') => x",
  ])("reads the first parameter of %s", (source) => {
    const fn: object = new Function(`return (${source})`)();
    expect(namedArguments(fn, ["v"])).toEqual({ x: "v" });
  });

  it.each([
    "(city_1, ...args_1) => __awaiter(void 0, [city_1, ...args_1], void 0, function* (city, unit = 'c') { yield 1; })",
    "(city_1, ...args_1) => (0, tslib_1.__awaiter)(void 0, [city_1, ...args_1], void 0, function* (city, unit = 'c') {})",
    "function f(city_1) { return __awaiter(this, arguments, void 0, function* (city, unit = 'c') {}); }",
    "function gen() { return __asyncGenerator(this, arguments, function* gen_1(city, unit = 'c') {}); }",
    "function f(_0, _1) { return __async(this, arguments, function* (city, unit = 'c') {}); }",
    "(city, unit = 'c') => __async(null, null, function* (x) {})",
    "function f(city, unit) { return __awaiter(this, void 0, void 0, function* () {}); }",
    "(city, unit) => call(city, [unit], (x) => x)",
  ])("sees through a lowered async function: %s", (source) => {
    const fn: object = new Function(`return (${source})`)();
    expect(namedArguments(fn, ["Oslo", "f"])).toEqual({ city: "Oslo", unit: "f" });
  });

  it("reads names of any alphabet", () => {
    const fn: object = new Function("return (sted, $a, _b, 名) => 1")();
    expect(namedArguments(fn, [1, 2, 3, 4])).toEqual({ sted: 1, $a: 2, _b: 3, 名: 4 });
  });
});
