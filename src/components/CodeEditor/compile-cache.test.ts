import type { Compile, CompileResult } from "@tracebook/playground/contract";
import { expect, it, vi } from "vitest";
import { cachedCompile } from "./compile-cache";

const compiled = (code: string): CompileResult => ({ ok: true, file: { code, map: "{}" } });

function counting(limit?: number) {
  const compile = vi.fn<Compile>(async (path, source, isEntry) => compiled(`${path}:${source}:${isEntry}`));
  return { compile, cached: cachedCompile(compile, limit) };
}

it("compiles the same source once, also when asked twice at the same time", async () => {
  const { compile, cached } = counting();
  const [one, other] = await Promise.all([cached("main.ts", "1", true), cached("main.ts", "1", true)]);
  expect(one).toBe(other);
  expect(await cached("main.ts", "1", true)).toBe(one);
  expect(compile).toHaveBeenCalledTimes(1);
});

it("keeps apart what differs in path, source or role", async () => {
  const { compile, cached } = counting();
  await cached("main.ts", "1", true);
  await cached("other.ts", "1", true);
  await cached("main.ts", "2", true);
  await cached("main.ts", "1", false);
  await cached("main.ts,true", "1", true);
  expect(compile).toHaveBeenCalledTimes(5);
});

it("remembers problems, which belong to the source", async () => {
  const compile = vi.fn<Compile>(() => ({ ok: false, problems: [] }));
  const cached = cachedCompile(compile);
  await cached("main.ts", "1", true);
  await cached("main.ts", "1", true);
  expect(compile).toHaveBeenCalledTimes(1);
});

it("forgets a failure of the compiler itself", async () => {
  const compile = vi.fn<Compile>().mockRejectedValueOnce(new Error("offline")).mockResolvedValue(compiled("1"));
  const cached = cachedCompile(compile);
  await expect(cached("main.ts", "1", true)).rejects.toThrow("offline");
  expect(await cached("main.ts", "1", true)).toEqual(compiled("1"));
});

it("turns what a compiler throws at once into a rejection", async () => {
  const cached = cachedCompile(() => {
    throw new Error("no worker");
  });
  await expect(cached("main.ts", "1", true)).rejects.toThrow("no worker");
});

it("keeps no more than its limit; what was asked for last stays", async () => {
  const { compile, cached } = counting(2);
  await cached("main.ts", "1", true);
  await cached("main.ts", "2", true);
  await cached("main.ts", "1", true);
  await cached("main.ts", "3", true);
  compile.mockClear();
  await cached("main.ts", "1", true);
  await cached("main.ts", "3", true);
  expect(compile).not.toHaveBeenCalled();
  await cached("main.ts", "2", true);
  expect(compile).toHaveBeenCalledTimes(1);
});
