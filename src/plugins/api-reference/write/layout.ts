/** A name that stands out: it leads somewhere or, without an address, is what the code is about. */
export interface Name {
  readonly text: string;
  readonly href?: string;
}

/** A piece of code that is laid out. */
export type Piece = string | Name;

/** Items that stand on one line, or each on its own where one line is too short. */
export interface Group {
  /** Before and after the items, e.g. `(` and `)`; in one line objects have `pad` inside the brackets. */
  readonly open: string;
  readonly close: string;
  readonly pad?: string;
  readonly items: readonly Code[];
  /** Between two items of one line; on lines of their own they end with it, or begin with it when it is `leading`. */
  readonly separator: "," | ";" | "|";
  /** It breaks before what comes after it on the line does: parameters before the type of the result. */
  readonly first?: boolean;
}

/** Code that is not laid out yet. */
export type Code = string | Name | Group | readonly Code[];

const isGroup = (code: Code): code is Group => typeof code === "object" && "items" in code;

/** The code on one line. */
export function flatten(code: Code): Piece[] {
  if (typeof code === "string") return [code];
  if (!isGroup(code)) return "text" in code ? [code] : code.flatMap(flatten);
  const { open, close, pad = "", items, separator } = code;
  const between = separator === "|" ? " | " : `${separator} `;
  const inner = items.flatMap((item, at) => (at === 0 ? flatten(item) : [between, ...flatten(item)]));
  return items.length === 0 ? [open + close] : [open + pad, ...inner, pad + close];
}

/** Pieces as they are read. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}

/**
 * The code in lines that have at most `width` characters where they can be broken.
 *
 * @example
 * textOf(layout(["f", { open: "(", items: ["a: number", "b: number"], close: ")", separator: "," }], 12));
 * // "f(\n  a: number,\n  b: number,\n)"
 */
export function layout(code: Code, width = 80): Piece[] {
  return place(code, { column: 0, indent: 0, after: 0, width });
}

/** Where a piece of code stands: at which column, in a block of which indentation, with how much behind it on the line. */
interface Position {
  readonly column: number;
  readonly indent: number;
  readonly after: number;
  readonly width: number;
}

function place(code: Code, at: Position): Piece[] {
  if (isGroup(code)) return fits(code, at) ? flatten(code) : breakGroup(code, at);
  if (typeof code === "string" || "text" in code) return [code];
  let { column } = at;
  return code.flatMap((part, index) => {
    const rest = code.slice(index + 1);
    const after = isGroup(part) && part.first ? lengthOf(rest) + at.after : lengthUntilBreak(rest, at.after);
    const pieces = place(part, { ...at, column, after });
    const text = textOf(pieces);
    column = text.includes("\n") ? text.length - text.lastIndexOf("\n") - 1 : column + text.length;
    return pieces;
  });
}

const lengthOf = (code: Code) => textOf(flatten(code)).length;

function fits(code: Group, { column, after, width }: Position): boolean {
  return code.items.length === 0 || column + lengthOf(code) + after <= width;
}

/** Characters that must stand on the same line as what comes before them. */
function lengthUntilBreak(rest: readonly Code[], after: number): number {
  let length = 0;
  for (const code of rest) {
    if (isGroup(code)) return length + code.open.length;
    if (typeof code === "object" && !("text" in code)) return length + lengthUntilBreak(code, 0);
    length += lengthOf(code);
  }
  return length + after;
}

function breakGroup({ open, close, items, separator }: Group, at: Position): Piece[] {
  const indent = at.indent + 2;
  const start = separator === "|" ? "| " : "";
  const lines = items.flatMap((item, index) => {
    // TypeScript allows no comma after the last type argument.
    const isLast = index === items.length - 1;
    const end = separator === "|" || (isLast && open === "<") ? "" : separator;
    const position = { ...at, indent: indent + start.length, column: indent + start.length, after: end.length };
    return [`\n${" ".repeat(indent)}${start}`, ...place(item, position), end];
  });
  return [open, ...lines, close && `\n${" ".repeat(at.indent)}${close}`];
}
