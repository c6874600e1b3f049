import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AsyncLocalStorage, installAsyncContext, tslib } from "../async-context";
import type { Compiler } from "./compiler";
import { lower } from "./lower";
import { PROGRAMS } from "./programs.fixture";

const require = createRequire(import.meta.url);

/** The compiler that runs in the reader's browser. Loaded by Node.js itself: it is too large to be transformed. */
const services = require.resolve("monaco-editor/languages/features/typescript/lib/typescriptServices");
const { typescript: monacoCompiler } = (await import(/* @vite-ignore */ pathToFileURL(services).href)) as {
  typescript: Compiler;
};

type Log = (...values: unknown[]) => void;

/** What a program printed, and what it failed with. */
async function record(run: (log: Log) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  try {
    await run((...values) => void lines.push(values.map(String).join(" ")));
  } catch (error) {
    lines.push(`uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  }
  return lines;
}

let runs = 0;

/** As a module that the engine loads itself; only what it cannot parse yet is rewritten. */
function natively(source: string): Promise<string[]> {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    isolatedModules: true,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  runs += 1;
  return record(async (log) => {
    Object.assign(globalThis, { log });
    await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${outputText}\n//${runs}`)}`);
  });
}

function codeOf(compiler: Compiler, source: string): string {
  const result = lower(compiler, "main.ts", source, { entry: true });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.file.code;
}

function lowered(lowCode: string): Promise<string[]> {
  return record(async (log) => {
    Object.assign(globalThis, { log });
    const module: { exports: { __main?: () => Promise<void> } } = { exports: {} };
    const load = (name: string) => (name === "tslib" ? tslib : require(name));
    const code = `(function (require, module, exports) {${lowCode}})`;
    vm.runInThisContext(code, { filename: "main.ts" })(load, module, module.exports);
    await module.exports.__main?.();
  });
}

const compilers: Readonly<Record<string, Compiler>> = {
  [`typescript ${ts.version}`]: ts,
  [`the ${monacoCompiler.version} of Monaco`]: monacoCompiler,
};

describe.each(Object.keys(compilers))("code lowered by %s", (name) => {
  const compiler = compilers[name] as Compiler;
  let undo = () => {};
  beforeAll(() => {
    undo = installAsyncContext();
  });
  afterAll(() => undo());

  it.each(Object.keys(PROGRAMS))("behaves as the engine itself: %s", async (title) => {
    const source = PROGRAMS[title] ?? "";
    const expected = await natively(source);
    const code = codeOf(compiler, source);
    expect(await lowered(code)).toEqual(expected);
    const inContext = new AsyncLocalStorage<number>().run(1, () => lowered(code));
    expect(await inContext).toEqual(expected);
  });
});

it("is the same text from both compilers", () => {
  for (const source of Object.values(PROGRAMS)) {
    const outputs = Object.values(compilers).map((compiler) => lower(compiler, "main.ts", source, { entry: true }));
    expect(outputs[1]).toEqual(outputs[0]);
  }
});
