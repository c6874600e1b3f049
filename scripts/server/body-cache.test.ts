import { expect, it } from "vitest";
import { BodyCache } from "./body-cache.mjs";

const body = (bytes: number) => async () => Buffer.alloc(bytes);

it("makes a body once, also when asked twice at the same time", async () => {
  const cache = new BodyCache(100);
  let made = 0;
  const make = async () => {
    made += 1;
    return Buffer.from("x");
  };
  const [a, b] = await Promise.all([cache.get("a", make), cache.get("a", make)]);
  expect(await cache.get("a", make)).toBe(a);
  expect(b).toBe(a);
  expect(made).toBe(1);
});

it("never holds more than its limit, drops what was unused for longest, and counts it", async () => {
  const cache = new BodyCache(100);
  await cache.get("a", body(40));
  await cache.get("b", body(40));
  await cache.get("a", body(40));
  await cache.get("c", body(40));
  expect(cache.bytes).toBe(80);
  expect(cache.dropped).toBe(1);
  const fail = () => Promise.reject(new Error("gone"));
  await cache.get("a", fail);
  await cache.get("c", fail);
  await expect(cache.get("b", fail)).rejects.toThrow("gone");
});

it("hands over a body that is too large to keep, and counts it", async () => {
  const cache = new BodyCache(100);
  expect((await cache.get("big", body(101))).length).toBe(101);
  expect([cache.bytes, cache.dropped]).toEqual([0, 1]);
});

it("does not keep a failure", async () => {
  const cache = new BodyCache(100);
  await expect(cache.get("a", () => Promise.reject(new Error("once")))).rejects.toThrow("once");
  expect((await cache.get("a", body(1))).length).toBe(1);
});
