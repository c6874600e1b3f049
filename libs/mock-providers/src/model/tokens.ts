/**
 * Token counts by a fixed rule, **not** a real tokenizer: a run of letters is one token per 8 letters begun, a run of
 * digits one per 3 begun, any other character that is not white space one; white space belongs to the token after it.
 * English prose comes out near a real count; other scripts and code are only roughly right.
 */
const TOKEN = /\s*(?:[\p{L}\p{M}]{1,8}|\p{N}{1,3}|[^\s\p{L}\p{M}\p{N}])|\s+$/gu;

/** The tokens of `text`; joined they are `text` again. */
export function tokenize(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** How many tokens `text` has, by the rule above. */
export function countTokens(text: string): number {
  return tokenize(text).length;
}
