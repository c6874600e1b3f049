import vm from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { tslib } from "../async-context";
import { lower } from "./lower";
import { mapError, originalPosition, parseStack } from "./positions";

/** Runs `source` as an engine does and gives back the place that its uncaught error is led back to. */
async function failureOf(source: string, entry = true) {
  const result = lower(ts, "main.ts", source, { entry });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const module: { exports: { __main?: () => Promise<void> } } = { exports: {} };
  const script = `(function (require, module, exports) {\n${result.file.code}})`;
  try {
    const load = (name: string) => (name === "tslib" ? tslib : { run: (f: () => unknown) => f() });
    vm.runInThisContext(script, { filename: "main.ts" })(load, module, module.exports);
    await module.exports.__main?.();
  } catch (error) {
    return mapError((error as Error).stack ?? "", { "main.ts": result.file.map }, 1);
  }
  throw new Error("the program did not fail");
}

/** The place of `// here` minus the comment: the programs mark where they fail with a bar. */
function marked(program: string): { source: string; at: { file: string; line: number; column: number } } {
  const before = program.slice(0, program.indexOf("‖"));
  const lines = before.split("\n");
  const column = (lines[lines.length - 1]?.length ?? 0) + 1;
  return { source: program.replace("‖", ""), at: { file: "main.ts", line: lines.length, column } };
}

describe("mapError", () => {
  it.each([
    ["a throw at the top", `import { run } from "lib";\n\nconst a = 1;\n  throw ‖new Error("x" + a);`],
    ["a throw on the first line", `throw ‖new Error("x")`],
    ["a throw behind imports on the same line", `import { run } from "lib"; run(() => 1); throw ‖new Error("x")`],
    [
      "imports over several lines",
      `import {\n  run, // why\n} from "lib";\n/* c */\nrun(() => {\n  throw ‖new Error("x");\n});`,
    ],
    [
      "a rejection in an async function",
      `async function f() {\n  await null;\n  throw ‖new Error("x");\n}\nawait f();`,
    ],
    [
      "a nested function after types",
      `interface A {\n  a: 1;\n}\ntype B = A;\nfunction outer(): never {\n  const inner = (): never => {\n    throw ‖new TypeError("x");\n  };\n  return inner();\n}\nouter();`,
    ],
    [
      "an async generator",
      `async function* g() {\n  yield 1;\n  throw ‖new Error("x");\n}\nfor await (const x of g()) {\n  void x;\n}`,
    ],
    ["a callback", `await Promise.all([1].map(async (x) => {\n  await x;\n  throw ‖new Error("x");\n}));`],
    [
      "a method of a class with private fields",
      `export class A {\n  #x = 1;\n  async m() {\n    await this.#x;\n    throw ‖new Error("x");\n  }\n}\nawait new A().m();`,
    ],
    [
      "after exports were blanked",
      `export default async function main() {\n  throw ‖new Error("x");\n}\nexport const r = await main();`,
    ],
    ["a call of something missing", `const o: any = {};\nawait 0;\no.‖missing();`],
    ["carriage returns", `const a = 1;\r\n\r\nthrow ‖new Error("x" + a);\r\n`],
    ["a shebang", `#!/usr/bin/env tsx\nthrow ‖new Error("x")`],
    [
      "the field of an anonymous class",
      `export default class {\n  static x = (() => {\n    throw ‖new Error("x");\n  })();\n}`,
    ],
  ])("finds %s", async (_name, program) => {
    const { source, at } = marked(program);
    expect((await failureOf(source)).at).toEqual(at);
  });

  it("finds the place in a file that is not the entry, and not the byte order mark", async () => {
    const { source, at } = marked(`export const a = 1;\nthrow ‖new Error("x")`);
    expect((await failureOf(source, false)).at).toEqual(at);
    expect((await failureOf("\uFEFFthrow new Error('x')")).at).toEqual({ file: "main.ts", line: 1, column: 7 });
  });

  it("keeps the message and the reader's frames only", async () => {
    const { stack } = await failureOf(
      `function inner() {\n  throw new Error("two\\nlines");\n}\nfunction outer() {\n  inner();\n}\nouter();`,
    );
    expect(stack.split("\n")).toEqual([
      "Error: two",
      "lines",
      "    at inner (main.ts:2:9)",
      "    at outer (main.ts:5:3)",
      "    at main.ts:7:1",
    ]);
  });

  it("gives a stack back as it is when nothing in it is known", () => {
    const stack = "Error: x\n    at f (other.js:1:1)";
    expect(mapError(stack, {})).toEqual({ at: null, stack });
    expect(mapError("", {})).toEqual({ at: null, stack: "" });
    expect(mapError("@main.ts:1:1", { "main.ts": "not a map" })).toEqual({ at: null, stack: "@main.ts:1:1" });
  });

  it("recognises a file that a browser prints as an address, and tells similar paths apart", () => {
    const map = (source: string) => {
      const result = lower(ts, "x", source, { entry: false });
      return result.ok ? result.file.map : "";
    };
    const maps = { "a.ts": map("\n\nlog(1)"), "lib/a.ts": map("\n\n\n\nlog(1)") };
    const line = 3;
    expect(mapError(`@blob:null/lib/a.ts:${line}:1`, maps).at).toEqual({ file: "lib/a.ts", line: 5, column: 1 });
    expect(mapError(`@http://localhost/a.ts:${line}:1`, maps).at).toEqual({ file: "a.ts", line: 3, column: 1 });
    expect(mapError(`@banana.ts:${line}:1`, maps).at).toBe(null);
  });
});

describe("originalPosition", () => {
  it("is null outside the code and for what is no map", () => {
    const result = lower(ts, "main.ts", "log(1)", { entry: true });
    const map = result.ok ? result.file.map : "";
    expect(originalPosition(map, 10_000, 1)).toBe(null);
    expect(originalPosition(map, 0, 0)).toBe(null);
    expect(originalPosition(map, Number.NaN, 1)).toBe(null);
    expect(originalPosition("{", 1, 1)).toBe(null);
  });

  it("leads imports back to their own lines", () => {
    const result = lower(ts, "main.ts", 'log(1);\n\nimport log from "log";\nimport "effects";\n', { entry: true });
    if (!result.ok) throw new Error("does not compile");
    const lines = result.file.code.split("\n");
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    expect(originalPosition(result.file.map, lineOf('require("log")'), 1)?.line).toBe(3);
    expect(originalPosition(result.file.map, lineOf('require("effects")'), 1)?.line).toBe(4);
  });
});

describe("parseStack", () => {
  it("reads V8", () => {
    const stack = [
      "TypeError: a (b:1:2)",
      "    at fail (main.ts:12:5)",
      "    at async Promise.all (index 0)",
      "    at async Tool.run [as call] (lib/tool.ts:3:9)",
      "    at new Agent (blob:null/1f-2:4:1)",
      "    at main.ts:1:2",
      "    at Generator.next (<anonymous>)",
      "    at Object.<anonymous> (http://localhost:3000/a.js:5:6)",
      "    at eval (eval at run (blob:null/x:1:1), main.ts:7:8)",
    ].join("\n");
    expect(parseStack(stack)).toEqual([
      { file: "main.ts", line: 12, column: 5, functionName: "fail" },
      { file: "lib/tool.ts", line: 3, column: 9, functionName: "Tool.run" },
      { file: "blob:null/1f-2", line: 4, column: 1, functionName: "new Agent" },
      { file: "main.ts", line: 1, column: 2 },
      { file: "http://localhost:3000/a.js", line: 5, column: 6 },
      { file: "main.ts", line: 7, column: 8, functionName: "eval" },
    ]);
  });

  it("reads Firefox", () => {
    const stack = "fail@main.ts:12:5\nouter/<@main.ts:1:2\nasync*run@blob:null/1-2:3:4\n@main.ts:9:1\nnative\n";
    expect(parseStack(stack)).toEqual([
      { file: "main.ts", line: 12, column: 5, functionName: "fail" },
      { file: "main.ts", line: 1, column: 2, functionName: "outer" },
      { file: "blob:null/1-2", line: 3, column: 4, functionName: "run" },
      { file: "main.ts", line: 9, column: 1 },
    ]);
  });

  it("reads WebKit", () => {
    const stack =
      "fail@main.ts:12:5\nmain.ts:2:3\nnext@[native code]\nglobal code@main.ts:9:1\n@http://localhost:3000/a.js:5:6";
    expect(parseStack(stack)).toEqual([
      { file: "main.ts", line: 12, column: 5, functionName: "fail" },
      { file: "main.ts", line: 2, column: 3 },
      { file: "main.ts", line: 9, column: 1 },
      { file: "http://localhost:3000/a.js", line: 5, column: 6 },
    ]);
  });

  it("survives anything, quickly", () => {
    expect(parseStack("")).toEqual([]);
    expect(parseStack(`    at ${"(".repeat(100_000)}:1:1`)).toEqual([]);
    expect(parseStack(`    at ${" ".repeat(1_900)}`)).toEqual([]);
  });
});
