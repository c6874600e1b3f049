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
const REGEX = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[a-z]*/y;
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
    else if (this.#slashBeginsRegex() && this.#match(REGEX) !== undefined) this.#push("other", "//");
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

function unquote(literal: string): string {
  const closed = literal.length > 1 && literal.endsWith(literal.charAt(0));
  return literal.slice(1, closed ? -1 : undefined).replace(/\\([^nrtbfvux0-9\n\r])/g, "$1");
}
