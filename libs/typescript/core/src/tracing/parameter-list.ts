const OPENING = "([{";
const CLOSING = ")]}";
const QUOTES = "\"'`";

/**
 * The texts between the commas of a function's parameter list, without comments; none where the source is not available.
 *
 * @param source what `Function.prototype.toString` gives for a function, method or arrow function
 */
export function splitParameters(source: string): string[] {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) return [];
  const text = withoutComments(source);
  const bare = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(text.trimStart());
  if (bare?.[1]) return [bare[1]];
  const open = parenthesisOfParameters(text);
  return open < 0 ? [] : splitFrom(text, open + 1);
}

/** Skips a computed method name, which may have parentheses of its own. */
function parenthesisOfParameters(text: string): number {
  let at = 0;
  for (let depth = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (QUOTES.includes(char)) at = endOfQuoted(text, at);
    else if (char === "[") depth++;
    else if (char === "]") depth--;
    else if (char === "(" && depth === 0) return at;
  }
  return -1;
}

function splitFrom(text: string, start: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (QUOTES.includes(char)) at = endOfQuoted(text, at);
    else if (OPENING.includes(char)) depth++;
    else if (CLOSING.includes(char) && depth-- === 0) {
      parts.push(text.slice(from, at));
      break;
    } else if (char === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === "\\" ? 2 : 1;
  return at;
}

function withoutComments(source: string): string {
  const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(token, (match) => (match.startsWith("/") ? " " : match));
}
