import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompiledFile, Program } from "@tracebook/playground/contract";
import { lower } from "@tracebook/playground/lowering";
import ts from "typescript";
import * as v from "valibot";
import { type ExampleFile, ExampleFileSchema, type Recording, RecordingSchema } from "./schema";

/** The file that every TypeScript example starts with. */
export const ENTRY = "main.ts";

/** One folder of `examples/`: `main.ts` and its neighbours, `example.json`, and `trace.json` once it is recorded. */
export interface Example {
  /** Path below `examples/`, e.g. `anthropic/tool-agent`. */
  readonly id: string;
  readonly directory: string;
  readonly title: string;
  readonly program: Program;
  readonly recording: Recording | null;
}

/** Every example below `root`, in order of their ids. Throws with the file's name when one is malformed. */
export function loadExamples(root: string): Example[] {
  return subfolders(root)
    .flatMap((guide) => subfolders(join(root, guide)).map((name) => `${guide}/${name}`))
    .map((id) => loadExample(root, id));
}

/** One example by its id. */
export function loadExample(root: string, id: string): Example {
  const directory = join(root, id);
  const { title, ...mocks } = readJson(join(directory, "example.json"), ExampleFileSchema) satisfies ExampleFile;
  const recordingFile = join(directory, "trace.json");
  return {
    id,
    directory,
    title,
    program: { language: "typescript", entry: ENTRY, files: sources(directory), ...mocks },
    recording: existsSync(recordingFile) ? readJson(recordingFile, RecordingSchema) : null,
  };
}

/** Lowers every file of an example. Throws with file, line and column when one does not compile. */
export function compileExample(example: Example): Record<string, CompiledFile> {
  return Object.fromEntries(
    Object.entries(example.program.files).map(([path, source]) => {
      const result = lower(ts, path, source, { entry: path === example.program.entry });
      if (result.ok) return [path, result.file];
      const [{ message, at }] = result.problems as [(typeof result.problems)[number]];
      throw new Error(`examples/${example.id}/${at.file}:${at.line}:${at.column} ${message}`);
    }),
  );
}

function sources(directory: string): Record<string, string> {
  const files = readdirSync(directory).filter((name) => name.endsWith(".ts"));
  if (!files.includes(ENTRY)) throw new Error(`${directory} has no ${ENTRY}.`);
  // The entry comes first: it is the file that a playground shows.
  const ordered = [ENTRY, ...files.filter((name) => name !== ENTRY).sort()];
  return Object.fromEntries(ordered.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

function subfolders(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readJson<Schema extends v.GenericSchema>(file: string, schema: Schema): v.InferOutput<Schema> {
  const result = v.safeParse(schema, JSON.parse(readFileSync(file, "utf8")));
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? "(file)"}: ${issue.message}`);
  throw new Error(`${file} is malformed:\n  ${problems.join("\n  ")}`);
}
