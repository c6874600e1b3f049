/** Long texts are folded, never cut for good, and laid out piece by piece. */

export const FOLD_CHARACTERS = 1200;
export const FOLD_LINES = 14;

/** The beginning that is shown while a text is folded; the text itself when it is short enough. */
export function foldedBeginning(text: string): string {
  const beginning = text.length > FOLD_CHARACTERS * 1.25 ? cutAt(text, FOLD_CHARACTERS) : text;
  const lines = beginning.split("\n", FOLD_LINES + 5);
  return lines.length > FOLD_LINES + 4 ? lines.slice(0, FOLD_LINES).join("\n") : beginning;
}

/** Does not cut a surrogate pair in two. */
function cutAt(text: string, end: number): string {
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

const PIECE_CHARACTERS = 20_000;

/** Pieces of a long text, cut after a line or a space where there is one; together they are the text. */
export function textPieces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > PIECE_CHARACTERS) {
    const end = breakBefore(text, from, from + PIECE_CHARACTERS);
    pieces.push(text.slice(from, end));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function breakBefore(text: string, from: number, end: number): number {
  const middle = from + PIECE_CHARACTERS / 2;
  const line = text.lastIndexOf("\n", end - 1) + 1;
  if (line > middle) return line;
  const space = text.lastIndexOf(" ", end - 1) + 1;
  return space > middle ? space : from + cutAt(text.slice(from, end), end - from).length;
}
