import vm from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { lower } from "./lower";
import { PROGRAMS } from "./programs.fixture";

function compile(source: string, { path = "main.ts", entry = true } = {}) {
  return lower(ts, path, source, { entry });
}

function codeOf(source: string, options?: { path?: string; entry?: boolean }): string {
  const result = compile(source, options);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.file.code;
}

/** `line:column message` of each problem; a program that compiles has none. */
function problemsOf(source: string, options?: { path?: string; entry?: boolean }): string[] {
  const result = compile(source, options);
  return result.ok ? [] : result.problems.map(({ at, message }) => `${at.line}:${at.column} ${message}`);
}

function parses(code: string): boolean {
  try {
    return new vm.Script(`(function (require, module, exports) {${code}\n})`) !== undefined;
  } catch {
    return false;
  }
}

/** Evaluates a module that is not the entry. */
function moduleOf(source: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const code = codeOf(source, { entry: false });
  vm.runInThisContext(`(function (require, module, exports) {${code}})`)(() => ({}), module, module.exports);
  return module.exports;
}

describe("the lowered code", () => {
  it("contains no native async function, generator or await", () => {
    for (const source of Object.values(PROGRAMS)) {
      const file = ts.createSourceFile("m.js", codeOf(source), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
      const visit = (node: ts.Node): void => {
        expect(ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword).toBe(false);
        ts.forEachChild(node, visit);
      };
      ts.forEachChild(file, visit);
    }
  });

  it("ends in a line break and has no comment about a map", () => {
    expect(codeOf("log(1)")).toMatch(/;\n$/);
    expect(codeOf("log(1)")).not.toContain("sourceMappingURL");
    expect(codeOf("log('//# sourceMappingURL=mine.js')")).toContain("sourceMappingURL=mine.js");
  });

  it("keeps what only types need out of require", () => {
    const code = codeOf(`
      import type { A } from "types-a"; import { type B } from "types-b"; import { C } from "used-as-type"; import unused from "unused";
      import { value } from "values"; import "effects"; export type { D } from "types-d"; const c: A | B | C = value;`);
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required).toEqual(["tslib", "values", "effects"]);
  });

  it("keeps module semantics in files that are not the entry", () => {
    const { default: main, ...named } = moduleOf(
      "export let n = 1; n += 1; export { n as m }; export enum E { A } export default function () { return n }",
    );
    expect(named).toMatchObject({ n: 2, m: 2, E: { A: 0 } });
    expect((main as () => number)()).toBe(2);
  });

  it("accepts a shebang, a byte order mark and carriage returns", () => {
    for (const source of ["#!/usr/bin/env tsx\nlog(1)", "\uFEFFlog(1)", "\uFEFF#!/usr/bin/env tsx\r\nlog(1)\r\n"]) {
      expect(parses(codeOf(source))).toBe(true);
      expect(parses(codeOf(source, { entry: false }))).toBe(true);
    }
  });

  it("keeps comments", () => {
    expect(codeOf("// why\nimport a from 'a';\n/* how */ a();")).toMatch(/why[\s\S]*how/);
  });
});

describe("problems", () => {
  it.each([
    ["const a = ;", ["1:11 Expression expected."]],
    ["log(1);\nconst s = 'open;\nlog(2)", ["2:17 Unterminated string literal."]],
    ['const s = "open;\nawait log(2)', ["1:17 Unterminated string literal."]],
    ["import { a } from 'b'\nlet x = {\n", ["3:1 '}' expected."]],
    ["export const x = 1;\nexport const y = 08;", ["2:18 Decimals with leading zeros are not allowed."]],
    ["\uFEFFconst a = ;", ["1:11 Expression expected."]],
    ["#!/bin/x\r\n\r\n  const a = ;", ["3:13 Expression expected."]],
    ["const x;", ["1:7 'const' declarations must be initialized."]],
    ["if (1) {\n  return;\n}", ["2:3 A 'return' statement can only be used within a function body."]],
    [
      "let a = 1;\nlet a = 2;",
      ["1:5 Cannot redeclare block-scoped variable 'a'.", "2:5 Cannot redeclare block-scoped variable 'a'."],
    ],
    ["log(import.meta.url)", ["1:5 import.meta is not available here: the program does not run from a file"]],
  ])("have the place and the words of the compiler: %j", (source, problems) => {
    expect(problemsOf(source)).toEqual(problems);
  });

  it.each([
    "function f() { await 1 }",
    "break;",
    "for (;;) { (() => { continue })() }",
    "class A { m() { super(); } }",
    "class A {} class A {}",
    "log(this.#x)",
    "class A { m() { return this.#missing } }",
    "class A { #inc() {} m() { return this.#ink() } }",
    "1 = 2",
    "a?.b = 1",
    "new a?.b()",
    "function f(a: number, a: number) {}",
    "function f(...a, b) {}",
    "with (a) {}",
    "let eval = 1",
    "let yield = 1",
    "x: x: for (;;) {}",
    "switch (1) { default: default: }",
    "{ import a from 'b' }",
    "{ export const a = 1 }",
    "const { a };",
    "for (const a = 1 of []) {}",
    "log(010)",
    "log('\\08')",
    "log(/(/)",
    "log(/a/gg)",
    "function* g(a = yield 1) {}",
    "async function f(a = await 1) {}",
    "({ a = 1 })",
    "let let = 1",
    "class A { constructor() {} constructor() {} }",
    "class A { get x(v) { return 1 } }",
    "import { a } from 'a'; import { a } from 'b'; log(a)",
    "(async () => { const f = async () => new.target })()",
  ])("are found where an engine would fail without a place: %j", (source) => {
    expect(problemsOf(source)).not.toEqual([]);
  });

  it.each([
    "const f: string = 1; f.nothing; undeclared()",
    "interface A { a: 1; a: 2 } interface A { b: 1 } type T = T;",
    "class A { private x = 1 } new A().x; class B { x = 1 } namespace B { export const y = 1 }",
    "log(/]/.test(''), /a{/.test(''), /}/.test(''), /(?<n>a)\\k<n>/s.test(''), /\\p{L}/u, /[\\w-a]/)",
    "function f(a, b?) { return a } log(f(1))",
    "var v = 1; var v = 2;",
    "const o = { a: 1, a: 2, get b() { return 1 } }",
    "label: for (const x of [1]) { if (x) break label; }",
    "export {}; export default 1;",
    "declare global { interface Window { x: 1 } }",
    "import json from './a.json' with { type: 'json' }; log(json)",
    "log(<string>'cast')",
    "enum E { A = 'a'.length }",
    "async () => { for await (const x of []) log(x) }",
    "if (true) { function f() {} }",
    "const fn = function () { return new.target }",
  ])("are not made of wrong types or old habits: %j", (source) => {
    expect(problemsOf(source)).toEqual([]);
    expect(parses(codeOf(source))).toBe(true);
  });

  it("explain top-level await in a file that is not the entry", () => {
    const sources = [
      "\n  await 1",
      "export const a = 1;\n  for await (const x of []) log(x)",
      "class A { [\n  await k] = 1 }",
    ];
    for (const source of sources) {
      expect(problemsOf(source, { entry: false })).toEqual([expect.stringMatching(/^2:3 Top-level await works only/)]);
    }
    expect(problemsOf("const f = async () => { await 1 }", { entry: false })).toEqual([]);
  });

  it("explain JSX, whatever the file is called", () => {
    const source = "const view = 1;\nlog(<div>{view}</div>);";
    for (const path of ["main.ts", "main.tsx"])
      expect(problemsOf(source, { path })).toEqual(["2:5 JSX is not supported here"]);
    expect(problemsOf("const f = <T,>(x: T) => x; log(f(1))", { path: "main.tsx" })).toEqual([]);
  });

  it("name the file of the reader and are limited in number", () => {
    const result = compile("let = ;\n".repeat(500), { path: "src/weather.ts" });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems.length).toBe(51);
    expect(result.problems.every(({ at }) => at.file === "src/weather.ts")).toBe(true);
    expect(result.problems[50]?.message).toMatch(/^\d+ more problems are not shown$/);
  });

  it("cover a compiler that fails", () => {
    const broken = {
      ...ts,
      createProgram: () => {
        throw new Error("out of memory");
      },
    };
    expect(lower(broken as unknown as typeof ts, "main.ts", "log(1)", { entry: true })).toEqual({
      ok: false,
      problems: [{ message: "The compiler gave up: out of memory", at: { file: "main.ts", line: 1, column: 1 } }],
    });
    expect(problemsOf("(".repeat(20_000))).not.toEqual([]);
  });
});

describe("any text", () => {
  const TOKENS = /\s+|[\w$]+|=>|\?\?=|\*\*|\.\.\.|\?\.|./g;
  const programs = Object.values(PROGRAMS).map((source) => source.match(TOKENS) ?? []);
  const token = fc.constantFrom(...new Set(programs.flat()));
  const edit = fc.record({ at: fc.nat(), remove: fc.nat(2), insert: fc.array(token, { maxLength: 2 }) });
  const edited = fc.tuple(fc.constantFrom(...programs), fc.array(edit, { minLength: 1, maxLength: 3 }));

  it("compiles or yields problems, and never throws", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.array(token).map((tokens) => tokens.join(" ")),
    );
    fc.assert(
      fc.property(text, fc.boolean(), fc.string(), (source, entry, path) => {
        const result = lower(ts, path, source, { entry });
        if (!result.ok)
          return result.problems.length > 0 && result.problems.every(({ at }) => at.line > 0 && at.column > 0);
        return parses(result.file.code) && JSON.parse(result.file.map).version === 3;
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("is parsed by the engine when it compiled", () => {
    fc.assert(
      fc.property(edited, ([tokens, edits]) => {
        const changed = [...tokens];
        for (const { at, remove, insert } of edits) changed.splice(at % (changed.length + 1), remove, ...insert);
        const result = compile(changed.join(""));
        return !result.ok || parses(result.file.code);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
