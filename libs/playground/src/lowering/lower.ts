import type * as TypeScript from "typescript";
import type { CompiledFile, CompileProblem, CompileResult } from "../contract";
import { type Compiler, singleFileProgram } from "./compiler";
import { isEarlyError } from "./early-errors";
import { blankExports, wrapEntry } from "./entry";
import { orderProblems, ProblemReporter } from "./problems";
import { findUnsupported } from "./unsupported";

export interface LowerOptions {
  /** The file that is run: it may use top-level await, exports nothing, and becomes the async function `__main`. */
  readonly entry: boolean;
}

/**
 * Turns a TypeScript file into the body of `function (require, module, exports) { … }` in ES2016: async functions become
 * generators that wait through `require("tslib")`, so that an `AsyncLocalStorage` written in JavaScript can follow them.
 * The map leads from the code to the reader's own lines; a byte order mark counts as nothing. Types are not checked.
 *
 * @param ts the compiler: `typescript` 6.0 or the copy that Monaco bundles (5.9).
 * @param path the name of the file as its reader knows it, e.g. `main.ts`.
 * @returns the code, or every problem with its place. Never throws.
 */
export function lower(ts: Compiler, path: string, source: string, options: LowerOptions): CompileResult {
  try {
    return compile(ts, path, source, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [new ProblemReporter(ts, path).whole(`The compiler gave up: ${reason}`)] };
  }
}

function compile(ts: Compiler, path: string, source: string, options: LowerOptions): CompileResult {
  const name = /x$/i.test(path) ? "module.tsx" : "module.ts";
  const text = toFunctionBody(source);
  const prepared = options.entry ? blankExports(ts, parse(ts, name, text)) : text;
  const program = singleFileProgram(ts, name, prepared);
  const file = program.getSourceFile(name);
  if (!file) throw new Error(`no file ${name}`);
  const problems = findProblems(ts, program, file, new ProblemReporter(ts, path), options);
  if (problems.length > 0) return { ok: false, problems: orderProblems(problems) };
  return { ok: true, file: emit(ts, program, path, options) };
}

/** Without the two things that can stand only at the start of a file. Nothing else moves. */
function toFunctionBody(source: string): string {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  return text.startsWith("#!") ? `//${text.slice(2)}` : text;
}

function parse(ts: Compiler, name: string, text: string): TypeScript.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2016, true);
}

function findProblems(
  ts: Compiler,
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
  report: ProblemReporter,
  options: LowerOptions,
): CompileProblem[] {
  const syntax = syntaxErrors(ts, program, file).map(({ start, messageText }) => report.of(file, start, messageText));
  if (syntax.length > 0) return withJsxExplained(ts, file, report, syntax);
  const unsupported = findUnsupported(ts, file, report, options);
  if (unsupported.length > 0) return unsupported;
  return program
    .getSemanticDiagnostics(file)
    .filter((diagnostic) => isEarlyError(ts, file, diagnostic))
    .map(({ start, messageText }) => report.of(file, start ?? 0, messageText));
}

type SyntaxFault = Pick<TypeScript.DiagnosticWithLocation, "start" | "messageText">;

/**
 * TypeScript parses statements with top-level await a second time and then forgets some errors at their borders, as an
 * unterminated string on the line before. Inside a function everything is parsed once.
 */
function syntaxErrors(ts: Compiler, program: TypeScript.Program, file: TypeScript.SourceFile): readonly SyntaxFault[] {
  const faults = program.getSyntacticDiagnostics(file);
  if (faults.length > 0 || !file.text.includes("await")) return faults;
  const opening = "async () => {";
  const inFunction = singleFileProgram(ts, file.fileName, `${opening}${file.text}\n}`);
  return inFunction
    .getSyntacticDiagnostics()
    .map(({ start, messageText }) => ({ start: Math.max(0, start - opening.length), messageText }));
}

/** JSX in a `.ts` file looks like a heap of odd errors; where it is the only cause, one problem says so. */
function withJsxExplained(
  ts: Compiler,
  file: TypeScript.SourceFile,
  report: ProblemReporter,
  problems: CompileProblem[],
): CompileProblem[] {
  const name = "module.tsx";
  if (file.fileName === name || !/<(?:[A-Za-z]|>)/.test(file.text)) return problems;
  const program = singleFileProgram(ts, name, file.text);
  const asJsx = program.getSourceFile(name);
  if (!asJsx || program.getSyntacticDiagnostics(asJsx).length > 0) return problems;
  const found = findUnsupported(ts, asJsx, report, { entry: true });
  return found.length > 0 ? found : problems;
}

function emit(ts: Compiler, program: TypeScript.Program, path: string, options: LowerOptions): CompiledFile {
  let code = "";
  let map = "";
  const write = (name: string, text: string) => {
    if (name.endsWith(".map")) map = text;
    else code = text;
  };
  program.emit(undefined, write, undefined, false, options.entry ? { before: [wrapEntry(ts)] } : undefined);
  const { mappings, names } = JSON.parse(map) as { mappings: string; names: string[] };
  return {
    // The comment would name a file that does not exist.
    code: `${code.replace(/\n\/\/# sourceMappingURL=[^\n]*\s*$/, "")}\n`,
    map: JSON.stringify({ version: 3, file: path, sources: [path], names, mappings }),
  };
}
