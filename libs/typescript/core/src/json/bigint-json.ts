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
  return JSON.stringify(value) ?? "null";
}

// A string literal (skipped whole), or a number literal of 16 and more digits without fraction and exponent.
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

function markLongIntegers(text: string, mark: string): string {
  return text.replace(STRING_OR_LONG_INTEGER, (token, offset: number) => {
    if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
    const before = text[offset - 1];
    // The tail of a fraction or of an exponent is no integer of its own.
    if (before !== undefined && /[\d.eE+-]/.test(before)) return token;
    return JSON.stringify(mark + token);
  });
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
