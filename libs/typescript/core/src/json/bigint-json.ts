/**
 * JSON in which integers of any size stay exact: a BigInt is written as an integer literal, and an integer literal that a
 * double cannot hold is read as a BigInt. Everything else is as in `JSON`.
 */

/** `JSON.stringify` for plain data that may hold BigInts. Properties that are `undefined` are left out. */
export function stringifyJson(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map((item) => stringifyJson(item)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== "function");
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stringifyJson(item)}`).join(",")}}`;
  }
  if (typeof value === "number") return numberJson(value);
  return JSON.stringify(value) ?? "null";
}

/**
 * JSON of a number. Beyond 2^53 it has an exponent: without one its digits would be those of another integer, which readers
 * with exact integers, such as Python, would take at their word.
 */
export function numberJson(value: number): string {
  const isLong = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isLong ? value.toExponential() : JSON.stringify(value);
}

// A literal of 16 and more digits that is no part of a fraction or an exponent.
const LONG_INTEGER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Strings are hopped over by hand: a regular expression for them runs out of stack at some megabytes. */
function markLongIntegers(text: string, mark: string): string {
  const markOne = (token: string) => (Number.isSafeInteger(Number(token)) ? token : JSON.stringify(mark + token));
  let marked = "";
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return marked + text.slice(at).replace(LONG_INTEGER, markOne);
    const end = endOfString(text, quote);
    marked += text.slice(at, quote).replace(LONG_INTEGER, markOne) + text.slice(quote, end);
    at = end;
  }
  return marked;
}

/** Position after the string that starts at `open`. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let escapes = 0;
    while (text[close - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return close + 1;
  }
  return text.length;
}

/** A prefix that no string of `text` has: more NULs than there are in a row anywhere, which JSON can only write as escapes. */
function unusedMark(text: string): string {
  const runs = text.match(/(?:\\u0000)+/g) ?? [];
  const longest = runs.reduce((most, run) => Math.max(most, run.length / 6), 0);
  return `${"\u0000".repeat(longest + 1)}bigint:`;
}

/**
 * `JSON.parse` that reads integers beyond 2^53 as BigInt; fractions and exponents stay numbers.
 *
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const mark = unusedMark(text);
  return JSON.parse(markLongIntegers(text, mark), (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}
