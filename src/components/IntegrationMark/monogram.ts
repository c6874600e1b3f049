/**
 * One or two letters that stand for a name: the first letters of its first two words, or its first two capitals, or its
 * first two letters. `"Google ADK"` gives `"GA"`, `"LangChain"` gives `"LC"`, `"txtai"` gives `"tx"`.
 */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = "", second = ""] = words;
  if (second !== "") return (letter(first) + letter(second)).toUpperCase();
  const capitals = first.match(/\p{Lu}/gu) ?? [];
  return capitals.length > 1 ? capitals.slice(0, 2).join("") : [...first].slice(0, 2).join("");
}

/** A hue in degrees, the same for the same name on every build. Twelve steps, so that neighbours are told apart. */
export function hue(name: string): number {
  const sum = [...name].reduce((hash, char) => (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521, 7);
  return (sum % 12) * 30;
}

function letter(word: string): string {
  return [...word][0] ?? "";
}
