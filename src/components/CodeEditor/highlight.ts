/** What a piece of code is, as far as its colour goes. */
export type Role = "keyword" | "string" | "function" | "value" | "comment" | "tag";

const ROLES: Readonly<Record<string, Role>> = {
  comment: "comment",
  prolog: "comment",
  string: "string",
  "template-string": "string",
  "template-punctuation": "string",
  "string-property": "string",
  "triple-quoted-string": "string",
  "attr-value": "string",
  char: "string",
  regex: "string",
  keyword: "keyword",
  boolean: "keyword",
  decorator: "keyword",
  function: "function",
  "class-name": "function",
  number: "value",
  builtin: "value",
  tag: "tag",
  property: "tag",
  "attr-name": "tag",
};

const TYPES = new Set(["any", "boolean", "never", "number", "object", "string", "symbol", "unknown", "bigint"]);
const CODE_LANGUAGES = new Set(["typescript", "tsx", "javascript", "jsx"]);

/**
 * The role of a Prism token, chosen so that static code and Monaco's grammar colour alike.
 * @param types the token's types, outermost first
 */
export function roleOf(types: readonly string[], content: string, language: string): Role | undefined {
  for (const type of types.toReversed()) {
    // What stands inside `${…}` is code again.
    if (type === "interpolation") return undefined;
    const role = ROLES[type];
    if (role && !(CODE_LANGUAGES.has(language) && isPlain(type, content))) return role;
  }
  return undefined;
}

/** In TypeScript, `Promise` and `console` are names like any other, and so are the keys of an object. */
function isPlain(type: string, content: string): boolean {
  return type === "property" || (type === "builtin" && !TYPES.has(content));
}

/** Prism's name for the language of a file; plain text where it has none. */
export function languageOf(path: string): string {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  return LANGUAGES.get(extension) ?? "text";
}

const LANGUAGES = new Map([
  ["ts", "typescript"],
  ["mts", "typescript"],
  ["cts", "typescript"],
  ["tsx", "tsx"],
  ["js", "javascript"],
  ["mjs", "javascript"],
  ["py", "python"],
  ["json", "json"],
]);
