import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { importedModules } from "./imports";
import { PROGRAMS } from "./programs.fixture";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the sources of the tests contain templates
describe("importedModules", () => {
  it.each<[string, string[]]>([
    ['import OpenAI from "openai"', ["openai"]],
    ["import 'a'; import b, { c as d } from 'b'; import * as e from \"e\";import{f}from'f'", ["a", "b", "e", "f"]],
    ["import {\n  a, // from 'x'\n  /* } from 'y' */ b,\n} from 'z'", ["z"]],
    ['export * from "a"; export { b } from "b"; export * as c from "c"', ["a", "b", "c"]],
    ["const a = await import('a'); const b = require(\"b\"); import c = require('c')", ["a", "b", "c"]],
    ["import(`a`); import(`b${1}`); import(name); require()", ["a"]],
    ['import "@scope/x/sub"; import "@scope/x/sub"; import "node:fs"', ["@scope/x/sub", "node:fs"]],
    [
      'import "./a"; import "../b"; import "/c"; import "."; import ".."; import "https://x/y.js"; import "data:,1"',
      [],
    ],
    ['import type { A } from "a"; import type B from "b"; export type { C } from "c"; export type * from "d"', []],
    ['import type from "a"; import type, { x } from "b"; import { type Y } from "c"', ["a", "b", "c"]],
    ['import { "odd name" as odd } from "a"; import json from "b" with { type: "json" }', ["a", "b"]],
    ['// import "a"\n/* import "b" */ const s = \'import "c"\', t = "require(\'d\')"; f("e")', []],
    ["const t = `import 'a' ${`import 'b' ${import('c')}`} import 'd'`; import 'e'", ["c", "e"]],
    ["const r = /import 'a'/, q = /[/'\"]/.test(x); import 'b'", ["b"]],
    ["const half = a / b; import 'c'; const d = e / f", ["c"]],
    ["obj.require('a'); obj.import('b'); x.from 'c'", []],
    ['import a from "open\nimport b from "b"', ["open", "b"]],
    ["import a from 'a'; const broken = {{{ ( ` never closed import 'b'", ["a"]],
    ['import { from } from "from"; const x = from', ["from"]],
    ["#!/usr/bin/env import 'x'\nimport 'y'", ["x", "y"]],
    ["import.meta.url; import a from 'a'", ["a"]],
    ["", []],
  ])("%j imports %j", (source, expected) => {
    expect(importedModules(source)).toEqual(expected);
  });

  it("misses nothing that the compiler sees", () => {
    for (const source of Object.values(PROGRAMS)) {
      const seen = ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName);
      const typeOnly = new Set(["node:fs"]);
      expect(importedModules(source)).toEqual(expect.arrayContaining(seen.filter((name) => !typeOnly.has(name))));
    }
  });

  it("survives any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => Array.isArray(importedModules(text))));
    const pieces = fc.constantFrom(
      "`",
      "${",
      "}",
      "'",
      '"',
      "/",
      "*",
      "import",
      "from",
      "(",
      "type",
      "\\",
      "\n",
      "a",
      ".",
      "[",
    );
    fc.assert(fc.property(fc.array(pieces), (text) => Array.isArray(importedModules(text.join("")))));
  });

  it("takes linear time", () => {
    for (const piece of [
      "/*",
      "`${",
      "'\\",
      "/[",
      "import type ",
      "import { a, ",
      "(((",
      "from './a' ",
      "a /[b]",
      "/]/[",
    ]) {
      expect(importedModules(piece.repeat(100_000))).toEqual([]);
    }
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
