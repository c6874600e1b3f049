import { numbersIn, properNouns } from "./words";

const PATTERNS = {
  quoted: /["“«']([^"”»']{1,200})["”»'](?![\p{L}\p{N}])/gu,
  email: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu,
  url: /https?:\/\/[^\s"'<>)]+/gu,
  date: /\d{4}-\d{2}-\d{2}/g,
  expression: /[\d(][\d\s.,()]*(?:[-+*/^%][\d\s.,()]*)+\d\)*|\d+(?:\s*[-+*/^%×÷]\s*\d+)+/g,
} as const;

/** What a prompt offers to fill arguments with. Names and numbers are used up in order, so that two arguments differ. */
export class Clues {
  readonly text: string;
  readonly #names: string[];
  readonly #numbers: number[];

  constructor(text: string) {
    this.text = text;
    this.#names = properNouns(text);
    this.#numbers = numbersIn(text);
  }

  get names(): readonly string[] {
    return this.#names;
  }

  takeName(): string | undefined {
    return this.#names.shift();
  }

  /** Takes the name after a word, e.g. `from` in "from Oslo to Bergen". */
  takeNameAfter(word: string): string | undefined {
    const index = this.#names.findIndex((name) => this.text.includes(` ${word} ${name}`));
    return index < 0 ? undefined : this.#names.splice(index, 1)[0];
  }

  takeNumber(accept: (value: number) => boolean = () => true): number | undefined {
    const index = this.#numbers.findIndex(accept);
    return index < 0 ? undefined : this.#numbers.splice(index, 1)[0];
  }

  /** Takes a number that stands next to a word, e.g. `days` in "for 5 days". */
  takeNumberBeside(word: string): number | undefined {
    const stem = word.replace(/s$/i, "").replace(/[^\p{L}\p{N}]/gu, ".");
    const match = new RegExp(
      `(\\d+(?:\\.\\d+)?)\\s+${stem}|${stem}s?\\s+(?:of\\s+|to\\s+|is\\s+|=\\s*)?(\\d+(?:\\.\\d+)?)`,
      "iu",
    ).exec(this.text);
    const value = match ? Number(match[1] ?? match[2]) : Number.NaN;
    return Number.isNaN(value) ? undefined : this.takeNumber((number) => number === value);
  }

  /** The first text of a kind, e.g. the first address. */
  find(kind: keyof typeof PATTERNS): string | undefined {
    const match = [...this.text.matchAll(PATTERNS[kind])][0];
    return (match?.[1] ?? match?.[0])?.trim();
  }
}
