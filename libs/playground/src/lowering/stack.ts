/** One frame of a stack; line and column count from 1, as they are printed. */
export interface StackFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly functionName?: string;
}

/** `at f (main.ts:1:2)`, `at async f (…)`, `at main.ts:1:2`. */
const V8 = /^\s*at (?:(.*?) )?\(?([^()]*):(\d+):(\d+)\)?$/;
/** `at eval (eval at run (a.js:1:1), main.ts:3:4)`: the place in the evaluated code is the one that counts. */
const EVAL_ORIGIN = /\(eval at .*, /;
const V8_LINE = /^\s+at /;
/** `f@main.ts:1:2`, `@main.ts:1:2`, `async*f@main.ts:1:2`; WebKit also prints a place alone. */
const GECKO = /^(?:(.*?)@)?([^@()]*?):(\d+):(\d+)$/;

/**
 * Reads the `stack` of an error as V8, Firefox or WebKit write it. Lines that are no frames, as the message or native
 * functions, are left out.
 */
export function parseStack(stack: string): StackFrame[] {
  const pattern = isV8(stack) ? V8 : GECKO;
  return stack.split("\n").flatMap((line) => parseFrame(pattern, line.trimEnd()));
}

/** The lines before the first frame; only V8 puts the message there. */
export function stackMessage(stack: string): string[] {
  if (!isV8(stack)) return [];
  const lines = stack.split("\n");
  return lines.slice(
    0,
    lines.findIndex((line) => V8_LINE.test(line)),
  );
}

function isV8(stack: string): boolean {
  return stack.split("\n").some((line) => V8_LINE.test(line));
}

function parseFrame(pattern: RegExp, text: string): StackFrame[] {
  // Lines of this length are messages; the patterns are not meant for them.
  if (text.length > 2_000) return [];
  const match = pattern.exec(text.replace(EVAL_ORIGIN, "("));
  if (!match) return [];
  const [, name = "", place = "", line, column] = match;
  const frame = { file: place, line: Number(line), column: Number(column) };
  const functionName = cleanName(name);
  return place === "" ? [] : [functionName ? { ...frame, functionName } : frame];
}

/** The plain name: without `async`, aliases, and the marks that engines put on anonymous functions. */
function cleanName(name: string): string {
  const plain = name
    .replace(/^async\*?\s*/, "")
    .replace(/ \[as .*\]$/, "")
    .replace(/[/<]+$/, "");
  return /^(?:Object\.)?<anonymous>$|^(?:global|module|eval) code$|^anonymous$/.test(plain) ? "" : plain;
}
