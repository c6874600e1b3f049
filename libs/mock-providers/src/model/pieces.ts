import { createRandom, hashText } from "./hash";
import { tokenize } from "./tokens";

const MOST_TOGETHER = 4;

/** A text in the pieces that a stream sends: one to `most` words each; white space goes with the word after it. */
export function wordPieces(text: string, most = MOST_TOGETHER): string[] {
  return group(text.match(/\s*\S+|\s+$/g) ?? [], hashText(text), most);
}

/** A JSON text in the pieces that a stream sends: one to four tokens each. */
export function tokenPieces(json: string): string[] {
  return group(tokenize(json), hashText(json), MOST_TOGETHER);
}

/** Joins neighbours into groups of 1 to `most`, by chance that depends on `seed` alone. */
function group(parts: readonly string[], seed: number, most: number): string[] {
  const random = createRandom(seed);
  const groups: string[] = [];
  for (let index = 0; index < parts.length; ) {
    const size = 1 + Math.floor(random() * most);
    groups.push(parts.slice(index, index + size).join(""));
    index += size;
  }
  return groups;
}
