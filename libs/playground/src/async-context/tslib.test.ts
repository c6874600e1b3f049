import { execFileSync } from "node:child_process";
import { buildSync } from "esbuild";
import * as upstream from "tslib";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { lower } from "../lowering/lower";
import { tslib } from "./index";

const OURS = ["__awaiter", "__await", "__asyncGenerator", "__asyncValues", "__asyncDelegator"];

describe("the runtime library", () => {
  it("is tslib except for what waits", () => {
    const ours = tslib as unknown as Record<string, unknown>;
    const theirs = Object.entries(upstream).filter(([name]) => name.startsWith("__"));
    expect(theirs.length).toBeGreaterThan(30);
    for (const [name, helper] of theirs) {
      if (OURS.includes(name)) expect(ours[name], name).not.toBe(helper);
      else expect(ours[name], name).toBe(helper);
    }
  });

  it("closes generators through yield*, where tslib goes on", async () => {
    const program = `
      async function* inner() { yield 1 }
      async function* outer() { yield* inner(); seen.push("went on") }
      exports.run = async () => { for await (const _ of outer()) break }`;
    const compilerOptions = { target: ts.ScriptTarget.ES2016, module: ts.ModuleKind.CommonJS, noEmitHelpers: true };
    const { outputText } = ts.transpileModule(program, { compilerOptions });
    const wentOn = async (library: object) => {
      const seen: string[] = [];
      const exports: { run?: () => Promise<void> } = {};
      const names = Object.keys(library).filter((name) => name.startsWith("__"));
      const evaluate = new Function("exports", "seen", ...names, outputText);
      evaluate(exports, seen, ...names.map((name) => Reflect.get(library, name)));
      await exports.run?.();
      return seen;
    };
    expect(await wentOn(tslib)).toEqual([]);
    expect(await wentOn(upstream), "no longer needed when this fails").toEqual(["went on"]);
  });
});

/** Runs a program on its own and gives back what it reported as unhandled. */
function unhandledIn(source: string, lowered: boolean): string[] {
  const result = lower(ts, "main.ts", source, { entry: true });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const directory = new URL(".", import.meta.url).pathname;
  const contents = lowered
    ? `import { AsyncLocalStorage, installAsyncContext, tslib } from "./index"; installAsyncContext();
       const module = { exports: {} };
       (function (require, module, exports) {${result.file.code}})(() => tslib, module, module.exports);
       new AsyncLocalStorage().run(1, () => setTimeout(() => module.exports.__main().catch(() => {})));`
    : `(async () => {${source}})().catch(() => {});`;
  const { outputFiles } = buildSync({
    stdin: { contents: `${REPORT}${contents}`, resolveDir: directory, loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "iife",
    target: "es2022",
  });
  const output = execFileSync(process.execPath, ["-e", outputFiles[0]?.text ?? ""], { encoding: "utf8" });
  return output.split("\n").filter(Boolean).sort();
}

const REPORT = `process.on("unhandledRejection", (reason) => console.log("unhandled", reason.message));
  process.on("uncaughtException", (error) => console.log("uncaught", error.message));`;

describe("failures that nobody handles", () => {
  it("are reported as natively, once each", () => {
    const source = `
      (async () => { await 0; throw new Error("async function") })();
      Promise.resolve().then(() => { throw new Error("reaction") });
      new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 1));
      Promise.resolve({ then() { throw new Error("thenable") } });
      (async function* () { throw new Error("generator") })().next();
      setTimeout(() => { throw new Error("timer") }, 1);
      queueMicrotask(() => { throw new Error("microtask") });
      const handled = Promise.reject(new Error("handled")); handled.catch(() => {});
      (async () => { await Promise.reject(new Error("handled too")) })().catch(() => {});
      await (async () => { try { await Promise.all([Promise.reject(new Error("handled as well")), Promise.reject(new Error("silent in all"))]) } catch {} })();`;
    const native = unhandledIn(source, false);
    expect(native.length).toBe(7);
    expect(unhandledIn(source, true)).toEqual(native);
  });
});
