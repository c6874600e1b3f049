import { type Requirements, requirements } from "../bundles/manifest";
import { SERVICE_TABLE } from "../bundles/table";
import type { Compile, CompiledFile, CompileProblem, ErrorEvent, Program } from "../contract";
import { importedModules } from "../lowering";
import type { RunRequest } from "../runtime/environment";

/** The packages and mocked services that a program needs, found by its imports. */
export function programRequirements(program: Program): Requirements {
  const imported = Object.values(program.files).flatMap((source) => importedModules(source));
  return requirements(imported, program.services);
}

/** Lowered files, or the problems that the compiler found. */
export type Prepared =
  | { readonly ok: true; readonly files: Readonly<Record<string, CompiledFile>> }
  | { readonly ok: false; readonly problems: readonly CompileProblem[] };

/** Compiles a program file by file, unless it came compiled. */
export async function compileProgram(program: Program, compile: Compile): Promise<Prepared> {
  if (program.compiled) return { ok: true, files: program.compiled };
  const files: Record<string, CompiledFile> = {};
  const problems: CompileProblem[] = [];
  for (const [path, source] of Object.entries(program.files)) {
    const result = await compile(path, source, path === program.entry);
    if (result.ok) files[path] = result.file;
    else problems.push(...result.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files };
}

/** The first problem as the event that a playground shows; the others are in its stack. */
export function syntaxError(problems: readonly CompileProblem[]): ErrorEvent {
  const [first] = problems;
  const lines = problems.map(({ message, at }) => `${at.file}:${at.line}:${at.column} ${message}`);
  return {
    type: "error",
    kind: "syntax",
    name: "SyntaxError",
    message: first?.message ?? "The code could not be compiled.",
    stack: lines.join("\n"),
    ...(first ? { at: first.at } : {}),
  };
}

/** The code of compiled files, without their maps. */
export function codeOf(files: Readonly<Record<string, CompiledFile>>): RunRequest["files"] {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, file.code]));
}

/** What is sent into the realm. */
export function runRequest(
  program: Program,
  files: Readonly<Record<string, CompiledFile>>,
  services: readonly string[],
): RunRequest {
  return {
    entry: program.entry,
    files: codeOf(files),
    services,
    scripts: program.scripts ?? {},
    latency: program.latency ?? "simulated",
    env: Object.assign({}, ...services.map((name) => SERVICE_TABLE[name]?.env)),
  };
}
