import type * as TypeScript from "typescript";
import type { CompileProblem } from "../contract";
import type { Compiler } from "./compiler";

/** More problems than this are of no use to anybody; the last one says how many there are. */
const MAX_PROBLEMS = 50;

/** Builds problems of the file that its reader knows as `path`. */
export class ProblemReporter {
  readonly #ts: Compiler;
  readonly #path: string;

  constructor(ts: Compiler, path: string) {
    this.#ts = ts;
    this.#path = path;
  }

  at(file: TypeScript.SourceFile, position: number, message: string): CompileProblem {
    const { line, character } = this.#ts.getLineAndCharacterOfPosition(file, Math.min(position, file.text.length));
    return { message, at: { file: this.#path, line: line + 1, column: character + 1 } };
  }

  of(
    file: TypeScript.SourceFile,
    position: number,
    message: string | TypeScript.DiagnosticMessageChain,
  ): CompileProblem {
    return this.at(file, position, this.#ts.flattenDiagnosticMessageText(message, "\n"));
  }

  /** A failure that has no place in the file. */
  whole(message: string): CompileProblem {
    return { message, at: { file: this.#path, line: 1, column: 1 } };
  }
}

/** In the order of the file, without repetitions, cut to a readable number. */
export function orderProblems(problems: readonly CompileProblem[]): CompileProblem[] {
  const sorted = [...problems].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const seen = new Set<string>();
  const unique = sorted.filter(({ at, message }) => {
    const key = `${at.line}:${at.column} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  if (unique.length <= MAX_PROBLEMS) return unique;
  const shown = unique.slice(0, MAX_PROBLEMS);
  const last = shown[shown.length - 1];
  if (last) shown.push({ message: `${unique.length - MAX_PROBLEMS} more problems are not shown`, at: last.at });
  return shown;
}
