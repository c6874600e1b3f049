import { type Token, tokenize } from "./tokenize";

/** A path or an address, which no registry of packages knows. */
const NOT_BARE = /^(?:\.{0,2}\/|\.{1,2}$|[a-z][a-z\d+.-]*:\/\/|data:|blob:)/i;

/**
 * The bare specifiers that a TypeScript or JavaScript file imports, in order and once each: `import`, `export … from`,
 * `import()` and `require()` with a literal. Imports that are wholly of types are left out. Needs no compiler and
 * copes with broken code; it may name a module too many, as in `from("x")`.
 *
 * @example importedModules('import OpenAI from "openai"; import "./setup";') // ["openai"]
 */
export function importedModules(source: string): string[] {
  const tokens = tokenize(source);
  const found = new Set<string>();
  let statement = -1;
  tokens.forEach((token, index) => {
    if (isWord(token, "import") || isWord(token, "export")) statement = index;
    if (token.kind !== "string" || token.text === "" || NOT_BARE.test(token.text)) return;
    if (isSpecifier(tokens, index, statement)) found.add(token.text);
  });
  return [...found];
}

/** Whether the string at `index` names a module; `statement` is the nearest `import` or `export` before it. */
function isSpecifier(tokens: readonly Token[], index: number, statement: number): boolean {
  const before = tokens[index - 1];
  if (isWord(before, "import")) return !isMember(tokens, index - 1);
  if (isWord(before, "from")) return !isMember(tokens, index - 1) && !isTypeOnly(tokens, statement, index - 1);
  if (before?.text !== "(") return false;
  const callee = tokens[index - 2];
  return (isWord(callee, "import") || isWord(callee, "require")) && !isMember(tokens, index - 2);
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.kind === "word" && token.text === text;
}

function isMember(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.text === ".";
}

/** Whether the statement that ends in the `from` at `end` is an `import type` or `export type`. */
function isTypeOnly(tokens: readonly Token[], statement: number, end: number): boolean {
  if (!isWord(tokens[statement + 1], "type")) return false;
  // `import type from "x"` and `import type, { a } from "x"` import a value called type.
  return statement + 2 < end && tokens[statement + 2]?.text !== ",";
}
