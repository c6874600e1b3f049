const OPENING = "([{";
const CLOSING = ")]}";
const QUOTES = "\"'`";
const LEADING_COMMENTS = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)+/;

/**
 * What compilers make of an async function with default values or patterns, for engines without async: the parameters that
 * the program named are those of the generator inside, e.g. `(a_1) => __awaiter(void 0, [a_1], void 0, function* (a = 1) {`.
 */
const LOWERED_BODY =
  /^\s*(?:=>\s*)?(?:\{\s*return\s+)?(?:\(0,\s*)?[\w$.]+\)?\(\s*(?:[\w$]+|void 0)\s*,\s*(?:arguments|\[[^\]]*\])\s*,(?:\s*void 0\s*,)?\s*function\s*\*\s*[\w$]*\s*\(/;
const LOWERED_BODY_LENGTH = 1_000;

/**
 * The texts between the commas of a function's parameter list, without comments; none where the source is not available.
 *
 * @param source what `Function.prototype.toString` gives for a function, method or arrow function
 */
export function splitParameters(source: string): string[] {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) return [];
  const bare = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source);
  if (bare?.[1]) return [bare[1]];
  const open = parenthesisOfParameters(source);
  if (open < 0) return [];
  const { parts, end } = splitFrom(source, open + 1);
  const lowered = LOWERED_BODY.exec(source.slice(end + 1, end + LOWERED_BODY_LENGTH));
  return lowered ? splitFrom(source, end + 1 + lowered[0].length).parts : parts;
}

/** Skips a computed method name, which may have parentheses of its own. */
function parenthesisOfParameters(text: string): number {
  let at = 0;
  for (let depth = 0; at < text.length; at++) {
    at = endOfNonCode(text, at);
    const char = text.charAt(at);
    if (char === "[") depth++;
    else if (char === "]") depth--;
    else if (char === "(" && depth === 0) return at;
  }
  return -1;
}

/** The parameters from `start` on, and the position of the parenthesis that closes the list. */
function splitFrom(text: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  let at = start;
  for (; at < text.length; at++) {
    at = endOfNonCode(text, at);
    const char = text.charAt(at);
    if (OPENING.includes(char)) depth++;
    else if (CLOSING.includes(char) && depth-- === 0) {
      parts.push(text.slice(from, at));
      break;
    } else if (char === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  const names = parts.map((part) => part.replace(LEADING_COMMENTS, "").trim());
  return { parts: names.filter((part) => part !== ""), end: at };
}

function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === "\\" ? 2 : 1;
  return at;
}

function endOfComment(text: string, start: number): number {
  const end = text[start + 1] === "*" ? text.indexOf("*/", start + 2) + 1 : text.indexOf("\n", start);
  return end < start ? text.length : end;
}

/** Position of the last character of the string or comment that starts here; `at` itself where none does. */
function endOfNonCode(text: string, at: number): number {
  if (QUOTES.includes(text.charAt(at))) return endOfQuoted(text, at);
  return text[at] === "/" && "/*".includes(text.charAt(at + 1)) ? endOfComment(text, at) : at;
}
