import { AsyncLocalStorage as NodeStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { buildSync } from "esbuild";
import * as upstream from "tslib";
import ts from "typescript";
import { afterEach, describe, expect, it } from "vitest";
import { lower } from "../lowering/lower";
import { AsyncLocalStorage, installAsyncContext, tslib } from "./index";
import { EXPECTED_SPANS, type runContextProbe } from "./probe";

type Probe = { runContextProbe: typeof runContextProbe };

const directory = new URL(".", import.meta.url).pathname;
const right = { spans: EXPECTED_SPANS, wrong: 0, kinds: [] };

/** Evaluates the probe from its source, each file compiled by `compile`. */
function evaluate(compile: (path: string, source: string) => string, library: object = tslib): Probe {
  const load = (path: string): Probe => {
    const code = compile(path, readFileSync(`${directory}${path}.ts`, "utf8"));
    const module = { exports: {} as Probe };
    const require = (name: string) => (name === "tslib" ? library : load(name));
    vm.runInThisContext(`(function (require, module, exports) {${code}\n})`)(require, module, module.exports);
    return module.exports;
  };
  return load("./probe");
}

function lowered(library?: object): Probe {
  return evaluate((path, source) => {
    const result = lower(ts, path, source, { entry: false });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.file.code;
  }, library);
}

/** As the bundles of SDKs are built: by esbuild and with its own helpers. */
function loweredByEsbuild(): Probe {
  const { outputFiles } = buildSync({
    entryPoints: [`${directory}probe.ts`],
    bundle: true,
    write: false,
    format: "cjs",
    target: "es2022",
    supported: { "async-await": false, "async-generator": false, "for-await": false },
  });
  return evaluate(() => outputFiles[0]?.text ?? "");
}

function native(): Probe {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  return evaluate((_path, source) => ts.transpileModule(source, { compilerOptions }).outputText);
}

describe("runContextProbe", () => {
  let undo = () => {};
  afterEach(() => undo());

  it("agrees with the storage of Node.js, so that the probe itself is right", async () => {
    expect(await native().runContextProbe(() => new NodeStorage())).toEqual(right);
  });

  it.each([1, 2, 3])("finds no wrong parent in lowered code (round %i)", async () => {
    undo = installAsyncContext();
    expect(await lowered().runContextProbe(() => new AsyncLocalStorage())).toEqual(right);
  });

  it("finds no wrong parent in code lowered by esbuild", async () => {
    undo = installAsyncContext();
    expect(await loweredByEsbuild().runContextProbe(() => new AsyncLocalStorage())).toEqual(right);
  });

  it("finds no wrong parent when lowered code runs under the storage of Node.js", async () => {
    expect(await lowered().runContextProbe(() => new NodeStorage())).toEqual(right);
  });

  it("detects that native async functions lose the context", async () => {
    undo = installAsyncContext();
    const report = await native().runContextProbe(() => new AsyncLocalStorage());
    expect(report.spans).toBe(EXPECTED_SPANS);
    expect(report.wrong).toBeGreaterThan(100);
    expect(report.kinds.join()).toContain("nested/after: undefined instead of");
  });

  it("detects that nothing is followed without an installation", async () => {
    const report = await lowered().runContextProbe(() => new AsyncLocalStorage());
    expect(report.wrong).toBeGreaterThan(100);
  });

  it("detects a storage that stores nothing", async () => {
    const report = await lowered().runContextProbe(() => ({
      getStore: () => undefined,
      run: (_store, work) => work(),
    }));
    expect(report.wrong).toBe(EXPECTED_SPANS - 6);
  });

  it("detects the helpers of tslib, which lose the context of thenables", async () => {
    undo = installAsyncContext();
    const report = await lowered(upstream).runContextProbe(() => new AsyncLocalStorage());
    expect(report.kinds).toContain("root/thenable/started: undefined instead of A/root/thenable");
  });
});
