/** Integers with this many digits or more may not fit a double. */
const LONG_DIGITS = 16;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;

/**
 * `JSON.parse`, except that integers of 16 or more digits become decimal strings with every digit kept.
 * Digits within strings, fractions and exponents are left alone. Throws a `SyntaxError` like `JSON.parse`.
 *
 * @example
 * parseLossless('{"t":1749996461282000001}') // { t: "1749996461282000001" }
 */
export function parseLossless(text: string): unknown {
  return JSON.parse(text.replace(TOKEN, (token) => (isLongInteger(token) ? `"${token}"` : token)));
}

function isLongInteger(token: string): boolean {
  return /^-?\d+$/.test(token) && token.replace("-", "").length >= LONG_DIGITS;
}
