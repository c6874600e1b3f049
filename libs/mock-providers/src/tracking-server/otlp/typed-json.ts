import type { AnyValue } from "./any-value";

const TOKEN = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|-?Infinity|NaN/gs;
/** Stands before the text of a number, within a JSON string. In JSON it can be written in one way only. */
const MARK = "\0";
const WRITTEN_MARK = "\\u0000";

/**
 * Reads JSON as Python does: integers keep every digit and differ from doubles, `NaN` and `Infinity` are numbers.
 * Throws a `SyntaxError` like `JSON.parse`.
 *
 * @example
 * parseTyped('[1, 1.0, "a"]') // [1n, 1, "a"]
 */
export function parseTyped(text: string): AnyValue {
  if (text.startsWith('"')) return JSON.parse(text) as string;
  const marked = text.replace(TOKEN, (token) => {
    if (!token.startsWith('"')) return `"${WRITTEN_MARK}${token}"`;
    return token.startsWith(`"${WRITTEN_MARK}`) ? `"${WRITTEN_MARK}${token.slice(1)}` : token;
  });
  return fromMarked(JSON.parse(marked));
}

function fromMarked(value: unknown): AnyValue {
  if (typeof value === "string") return value.startsWith(MARK) ? fromMarkedText(value.slice(1)) : value;
  if (typeof value !== "object" || value === null) return value === true ? true : value === false ? false : null;
  if (Array.isArray(value)) return value.map(fromMarked);
  return new Map(Object.entries(value).map(([key, item]) => [withoutMark(key), fromMarked(item)]));
}

function fromMarkedText(text: string): AnyValue {
  if (text.startsWith(MARK)) return text;
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

function withoutMark(key: string): string {
  return key.startsWith(MARK) ? key.slice(1) : key;
}

/** Whether Python reads the text as a JSON object, array or string: the strings that the server takes apart. */
export function isJsonText(text: string): boolean {
  if (!/^[ \t\n\r]*["{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return /NaN|Infinity/.test(text) && isTypedJson(text);
  }
}

function isTypedJson(text: string): boolean {
  try {
    parseTyped(text);
    return true;
  } catch {
    return false;
  }
}
