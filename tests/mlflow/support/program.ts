import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../programs/", import.meta.url));

/** A program of `programs/`, in a Node.js process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** The JSON of the first line that it prints. */
  readonly answer: Promise<unknown>;
  /** Resolves to its exit code. */
  readonly ended: Promise<number | null>;
  /** What it has written to standard error. */
  errors(): string;
}

/** Starts a program; its standard input stays open until `process.stdin.end()`. */
export function startProgram(name: string, args: readonly string[], env: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=mlflow-source", FOLDER + name, ...args], {
    env: { ...process.env, ...env },
  });
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { process: child, answer: firstLine(child, () => errors), ended, errors: () => errors };
}

async function firstLine(child: ChildProcess, errors: () => string): Promise<unknown> {
  if (!child.stdout) throw new Error("The program has no output.");
  for await (const line of createInterface(child.stdout)) {
    child.stdout.resume();
    return JSON.parse(line);
  }
  throw new Error(`The program ended without an answer:\n${errors()}`);
}
