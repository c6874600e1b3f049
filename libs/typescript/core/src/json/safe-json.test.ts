import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./bigint-json.js";
import { safeStringify } from "./safe-json.js";

const read = (value: unknown): unknown => parseJson(safeStringify(value));

describe("safeStringify", () => {
  it("writes plain data so that JSON.parse gives it back", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) => JSON.stringify(JSON.parse(safeStringify(value))) === JSON.stringify(value),
      ),
    );
  });

  it.each([2 ** 53, -(2 ** 60), 2 ** 63, 1e20])(
    "writes %d with an exponent, as its digits are another integer",
    (n) => {
      expect(safeStringify({ n })).toMatch(/e\+\d+\}$/);
      expect(read([n])).toEqual([n]);
    },
  );

  it("gives valid JSON for anything and never throws", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(fc.property(anything, (value) => void JSON.parse(safeStringify(value))));
  });

  it.each([
    [undefined, "[Undefined]"],
    [{ a: undefined }, { a: "[Undefined]" }],
    [
      [() => 1, Symbol("s")],
      ["[Function]", "Symbol(s)"],
    ],
    [
      [Number.NaN, Number.POSITIVE_INFINITY],
      [null, null],
    ],
    [12345678901234567890n, 12345678901234567890n],
    [{ big: 5n }, { big: 5 }],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), null],
    [new Map([["a", 1]]), { a: 1 }],
    [new Map([[1, "a"]]), [[1, "a"]]],
    [new Set([1, 2]), [1, 2]],
    [new Float32Array([0.5, 1]), [0.5, 1]],
    [new BigInt64Array([1n]), [1]],
    [new Uint8Array([1, 2]).buffer, [1, 2]],
    [Buffer.from("hi"), { type: "Buffer", data: [104, 105] }],
    [/a+/g, "/a+/g"],
    [Promise.resolve(1), "[Promise]"],
    [Object("text"), "text"],
    [Object.create(null), {}],
    [new URL("http://a.test/b"), "http://a.test/b"],
  ])("writes value %#", (value, expected) => expect(read(value)).toEqual(expected));

  it("writes errors of every kind", () => {
    const error = Object.assign(new RangeError("too far"), { secret: 1 });
    expect(read(error)).toEqual({ name: "RangeError", message: "too far", stack: error.stack });
  });

  it("writes own properties of instances", () => {
    class City {
      readonly name = "Oslo";
      readonly #secret = 1;
      get people() {
        return this.#secret;
      }
    }
    expect(read(new City())).toEqual({ name: "Oslo" });
  });

  it("marks a cycle where it closes and repeats what is only shared", () => {
    const shared = { x: 1 };
    const loop: Record<string, unknown> = { a: shared, b: shared };
    loop.self = [loop];
    expect(read(loop)).toEqual({ a: { x: 1 }, b: { x: 1 }, self: ["[Circular]"] });
  });

  it("keeps what can be read beside what cannot", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = {
      ok: 1,
      get bad() {
        throw new Error("no");
      },
      proxy,
      toJSON: () => {
        throw new Error("no");
      },
    };
    expect(read(hostile)).toEqual({ ok: 1, bad: "[Unreadable]", proxy: "[Unreadable]", toJSON: "[Function]" });
    const trap = new Proxy({}, { ownKeys: () => Reflect.ownKeys(proxy) });
    expect(read([trap, 2])).toEqual(["[Unreadable]", 2]);
  });

  it("gives up on depth, breadth and doubling, but not on the rest", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(safeStringify(deep)).toContain("[Truncated]");
    let doubled: unknown = 1;
    for (let level = 0; level < 60; level++) doubled = [doubled, doubled];
    expect(safeStringify([doubled]).length).toBeLessThan(20_000_000);
    JSON.parse(safeStringify([doubled]));
    const growing: { toJSON(): unknown } = { toJSON: () => ({ again: { ...growing } }) };
    expect(safeStringify(growing)).toContain("[Truncated]");
  });

  it("writes a string of 10 MB whole, and cuts a list of many of them", () => {
    const text = "x".repeat(10_000_000);
    expect(safeStringify(text)).toHaveLength(text.length + 2);
    expect(safeStringify(Array(100).fill(text)).length).toBeLessThan(100_000_000);
  });

  it("lists the beginning of long binary data", () => {
    const listed = read(new Uint8Array(50_000)) as unknown[];
    expect([listed.length, listed.at(-1)]).toEqual([10_001, "[40000 more]"]);
  });
});
