import type { CompileProblem } from "@tracebook/playground/contract";

/** A line of the code that something is wrong with. Lines count from 1. */
export interface CodeMark {
  readonly line: number;
  readonly message: string;
}

/** All marks of a file, one a line, in order: the failure of the run first, then what the compiler found. */
export function marksOf(
  path: string,
  errorLine: CodeMark | undefined,
  problems: readonly CompileProblem[] = [],
): CodeMark[] {
  const compiler = problems
    .filter(({ at }) => at.file === path || path.endsWith(`/${at.file}`))
    .map(({ at, message }) => ({ line: at.line, message }));
  const byLine = new Map<number, CodeMark>();
  for (const mark of errorLine ? [errorLine, ...compiler] : compiler) {
    if (!byLine.has(mark.line)) byLine.set(mark.line, mark);
  }
  return [...byLine.values()].sort((one, other) => one.line - other.line);
}

/** The marks as a sentence each, for those who do not see the colour. */
export function describeMarks(marks: readonly CodeMark[]): string {
  return marks.map(({ line, message }) => `Error on line ${line}: ${message}`).join(" ");
}
