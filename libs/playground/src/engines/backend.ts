import type { Requirements } from "../bundles/manifest";
import {
  type Compile,
  type Engine,
  type EngineName,
  type ErrorEvent,
  type Program,
  RUN_LIMITS,
  type RunResult,
  type RunSink,
} from "../contract";
import type { RunRequest } from "../runtime/environment";
import { codeOf, compileProgram, programRequirements, runRequest, syntaxError } from "./prepare";
import { supervise } from "./supervise";

/** A realm that is ready to run one program: a worker or a child process. */
export interface Connection {
  /** Sends the program. `receive` gets every message as it came, `failed` why the realm itself broke. Called once. */
  start(request: RunRequest, receive: (data: unknown) => void, failed: (message: string) => void): void;
  /** Ends the realm at once, whatever runs in it. Safe to call twice. */
  kill(): void;
}

/** Where realms come from: all that differs between the engines. */
export interface Backend {
  readonly name: EngineName;
  readonly label: string;
  /** A fresh realm with the bundles loaded. Rejects with a message for the reader. */
  connect(needs: Requirements): Promise<Connection>;
  /** Starts a realm that `connect` may hand out later, and gives it files that may be run. Never rejects. */
  warm(needs: Requirements, files?: RunRequest["files"]): Promise<void>;
  dispose(): void;
}

export interface EngineOptions {
  /** Compiles edited code; a program that came compiled never reaches it. */
  readonly compile: Compile;
  /** Milliseconds from the start of the program until it is ended; `RUN_LIMITS.deadlineMs` unless given. */
  readonly deadlineMs?: number;
}

type Counts = Pick<RunResult, "spanCount" | "dropped" | "error">;

/** The engine over a backend: compiles, connects, supervises, and reports in the terms of the contract. */
export function createEngine(backend: Backend, options: EngineOptions): Engine {
  const deadlineMs = options.deadlineMs ?? RUN_LIMITS.deadlineMs;

  async function attempt(
    program: Program,
    sink: RunSink,
    signal: AbortSignal,
  ): Promise<Partial<Counts> & Pick<RunResult, "outcome">> {
    const fail = (error: ErrorEvent) => {
      sink(error);
      return { outcome: "failed" as const, error };
    };
    const needs = programRequirements(program);
    const connecting = backend.connect(needs);
    try {
      const ready = Promise.allSettled([compileProgram(program, options.compile), connecting]);
      // A stop does not wait for a realm or a compiler that is slow to come.
      const settled = await Promise.race([ready, aborted(signal)]);
      if (!settled || signal.aborted) return { outcome: "stopped" };
      const [compiled, connected] = settled;
      if (compiled.status === "rejected") return fail(engineError(compiled.reason));
      if (!compiled.value.ok) return fail(syntaxError(compiled.value.problems));
      if (connected.status === "rejected") return fail(engineError(connected.reason));
      const { files } = compiled.value;
      const request = runRequest(program, files, needs.services);
      return await supervise(connected.value, request, files, sink, signal, deadlineMs);
    } finally {
      connecting.then(
        (connection) => connection.kill(),
        () => {},
      );
      whenIdle(() => void backend.warm(needs, compiledCode(program)));
    }
  }

  return {
    name: backend.name,
    label: backend.label,
    warm: (program) => backend.warm(programRequirements(program), compiledCode(program)),
    dispose: () => backend.dispose(),
    async run(program, sink, signal) {
      const startedAt = performance.now();
      const counts = { spanCount: 0, dropped: 0, ...(await attempt(program, sink, signal)) };
      return { engine: backend.name, durationMs: performance.now() - startedAt, ...counts };
    },
  };
}

/** Resolves, with nothing, when the signal aborts. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

/** The lowered code of a program that came compiled. */
function compiledCode({ compiled }: Program): RunRequest["files"] | undefined {
  return compiled && codeOf(compiled);
}

/** The next realm starts when the page has drawn the result of this one, not while it does. */
function whenIdle(task: () => void): void {
  if (typeof globalThis.requestIdleCallback === "function") globalThis.requestIdleCallback(task, { timeout: 200 });
  else setTimeout(task, 50);
}

/** A failure of the playground itself rather than of the program. */
function engineError(reason: unknown): ErrorEvent {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  return { type: "error", kind: "engine", name: error.name, message: error.message, stack: error.stack ?? "" };
}
