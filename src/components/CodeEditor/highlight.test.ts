import { describe, expect, it } from "vitest";
import { languageOf, roleOf } from "./highlight";

describe("roleOf", () => {
  it.each([
    [["keyword"], "const", "keyword"],
    [["boolean"], "true", "keyword"],
    [["template-string", "string"], "b", "string"],
    [["template-string", "interpolation", "punctuation"], "(", undefined],
    [["template-string", "interpolation", "function"], "f", "function"],
    [["template-string", "interpolation"], " a ", undefined],
    [["builtin"], "string", "value"],
    [["builtin"], "console", undefined],
    [["builtin"], "Promise", undefined],
    [["number"], "1", "value"],
    [["literal-property", "property"], "name", undefined],
    [["plain"], "x", undefined],
    [[], "x", undefined],
  ])("%j %s in TypeScript is %s", (types, content, role) => {
    expect(roleOf(types, content, "typescript")).toBe(role);
  });

  it("colours the keys of JSON and the builtins of Python", () => {
    expect(roleOf(["property"], '"a"', "json")).toBe("tag");
    expect(roleOf(["builtin"], "print", "python")).toBe("value");
  });
});

it.each([
  ["main.ts", "typescript"],
  ["a.b/main.py", "python"],
  ["README", "text"],
  ["x.unknown", "text"],
  ["x.constructor", "text"],
])("the language of %s is %s", (path, language) => expect(languageOf(path)).toBe(language));
