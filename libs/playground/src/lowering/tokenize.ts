/** A word is a name, keyword or number; a string has its text without quotes; anything else is one character. */
export interface Token {
  readonly kind: "word" | "string" | "other";
  readonly text: string;
}

/** After these words a slash begins a regular expression. */
const BEFORE_OPERAND = new Set(
  "return typeof case in of delete void throw new else do instanceof yield await default extends".split(" "),
);

const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const WORD = /[\p{ID_Start}$_\d#][\p{ID_Continue}$\u200c\u200d]*/uy;
const STRING = /"(?:[^"\\\n\r]|\\[\s\S])*"?|'(?:[^'\\\n\r]|\\[\s\S])*'?/y;
const REGEX_FLAGS = /[a-z]*/y;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

/**
 * Splits a script into tokens without comments, just well enough to see strings where they are strings. A template
 * without substitutions is a string. Takes linear time and any input.
 */
export function tokenize(source: string): Token[] {
  return new Tokenizer(source).run();
}

class Tokenizer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  /** Open braces: true where the brace belongs to a template's `${`. */
  readonly #braces: boolean[] = [];
  /** A slash before this place was found to begin no regular expression; so no other one does up to here. */
  #dividedUpTo = 0;
  #index = 0;

  constructor(source: string) {
    this.#source = source;
  }

  run(): Token[] {
    while (this.#index < this.#source.length) this.#step();
    return this.#tokens;
  }

  #step(): void {
    if (this.#match(SPACE) !== undefined || this.#match(COMMENT) !== undefined) return;
    const word = this.#match(WORD);
    const string = word === undefined ? this.#match(STRING) : undefined;
    if (word !== undefined) this.#push("word", word);
    else if (string !== undefined) this.#push("string", unquote(string));
    else if (this.#skipRegex()) this.#push("other", "//");
    else this.#punctuator(this.#source.charAt(this.#index));
  }

  #punctuator(character: string): void {
    this.#index += 1;
    if (character === "`") this.#template(true);
    else if (character === "}" && this.#braces.pop()) this.#template(false);
    else this.#push("other", character);
    if (character === "{") this.#braces.push(false);
  }

  /** Reads template text up to its end or the next substitution. */
  #template(fromStart: boolean): void {
    const text = this.#match(TEMPLATE_TEXT) ?? "";
    const ended = this.#source.charAt(this.#index) !== "$";
    this.#index += ended ? 1 : 2;
    if (!ended) this.#braces.push(true);
    if (fromStart && ended) this.#push("string", text);
    else this.#push("other", "`");
  }

  #skipRegex(): boolean {
    if (this.#source.charAt(this.#index) !== "/" || this.#index < this.#dividedUpTo) return false;
    if (!this.#slashBeginsRegex()) return false;
    const end = endOfRegex(this.#source, this.#index);
    if (this.#source.charAt(end) !== "/") {
      this.#dividedUpTo = end;
      return false;
    }
    this.#index = end + 1;
    this.#match(REGEX_FLAGS);
    return true;
  }

  #slashBeginsRegex(): boolean {
    const previous = this.#tokens[this.#tokens.length - 1];
    if (previous === undefined) return true;
    if (previous.kind === "other") return !/[)\]}`]|\/\//.test(previous.text);
    return previous.kind === "word" && BEFORE_OPERAND.has(previous.text);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#index;
    const text = pattern.exec(this.#source)?.[0];
    if (text) this.#index += text.length;
    return text || undefined;
  }

  #push(kind: Token["kind"], text: string): void {
    this.#tokens.push({ kind, text });
  }
}

/** The place of the slash that ends the regular expression at `start`, else that of the line's end. */
function endOfRegex(source: string, start: number): number {
  let inClass = false;
  for (let index = start + 1; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "\n" || character === "\r" || (character === "/" && !inClass)) return index;
    if (character === "\\") index += 1;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
  }
  return source.length;
}

function unquote(literal: string): string {
  const closed = literal.length > 1 && literal.endsWith(literal.charAt(0));
  return literal.slice(1, closed ? -1 : undefined).replace(/\\([^nrtbfvux0-9\n\r])/g, "$1");
}
