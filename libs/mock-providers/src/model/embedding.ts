import { createRandom, hashText } from "./hash";
import { meaningfulWords } from "./words";

/** A text counts by its first features; what comes later would hardly turn the vector. */
const MOST_FEATURES = 2000;
/** Words that share this many first letters are related: boat, boats, boating. */
const STEM = 4;
const WEIGHTS = { word: 1, stem: 0.7, other: 0.25 } as const;

/**
 * A vector of length 1 for a text, the same every time. Texts that share words, or the beginnings of words, lie nearer
 * to each other than texts that do not; nothing else is known of their meaning. A shorter vector is the beginning of a
 * longer one, stretched to length 1 again.
 */
export function embedText(text: string, dimensions: number): number[] {
  const sums = new Float64Array(dimensions);
  for (const [feature, weight] of features(text)) addFeature(sums, feature, weight);
  const length = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0)) || 1;
  return Array.from(sums, (value) => Math.fround(value / length));
}

function features(text: string): [string, number][] {
  const words = [...meaningfulWords(text)].slice(0, MOST_FEATURES / 2);
  const stems = words.filter((word) => word.length >= STEM).map((word) => word.slice(0, STEM));
  const entries: [string, number][] = [
    ...words.map((word): [string, number] => [`word:${word}`, WEIGHTS.word]),
    ...stems.map((stem): [string, number] => [`stem:${stem}`, WEIGHTS.stem]),
    // Keeps texts without any word apart from each other, and different orders of the same words.
    [`text:${text}`, WEIGHTS.other],
  ];
  return entries;
}

/** Each feature points in a direction of its own: +1 or -1 in every dimension, 32 of them from one random number. */
function addFeature(sums: Float64Array, feature: string, weight: number): void {
  const random = createRandom(hashText(feature));
  let bits = 0;
  for (let index = 0; index < sums.length; index++) {
    bits = index % 32 === 0 ? Math.floor(random() * 0x1_0000_0000) : bits >>> 1;
    sums[index] = (sums[index] ?? 0) + (bits & 1 ? weight : -weight);
  }
}
