import { createRandom, hashText } from "./hash";

/** How fast a family of models answers, in simulated milliseconds. */
interface Speed {
  readonly firstTokenMs: number;
  readonly perTokenMs: number;
}

/** First match counts; the last entry matches every model. */
const SPEEDS: readonly (Speed & { readonly family: RegExp })[] = [
  { family: /haiku|mini|flash|nano/, firstTokenMs: 210, perTokenMs: 5 },
  { family: /sonnet/, firstTokenMs: 320, perTokenMs: 9 },
  { family: /opus|mythos|fable/, firstTokenMs: 480, perTokenMs: 14 },
  { family: /^o\d|-pro\b/, firstTokenMs: 620, perTokenMs: 12 },
  { family: /^/, firstTokenMs: 350, perTokenMs: 10 },
];

/** Share by which a call may be faster or slower than the table says. */
const JITTER = 0.15;

/** The speed of one call: that of the model's family with a jitter that depends on `seed` (the request) alone. */
export function callSpeed(model: string, seed: string): Speed {
  const { firstTokenMs, perTokenMs } = SPEEDS.find(({ family }) => family.test(model)) ?? {
    firstTokenMs: 0,
    perTokenMs: 0,
  };
  const random = createRandom(hashText(seed));
  const vary = (ms: number): number => ms * (1 - JITTER + 2 * JITTER * random());
  return { firstTokenMs: Math.round(vary(firstTokenMs)), perTokenMs: Math.round(vary(perTokenMs) * 10) / 10 };
}
