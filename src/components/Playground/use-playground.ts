import type { Program, RunResult } from "@tracebook/playground/contract";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { loadEngine } from "./engine";
import type { PlaygroundExample } from "./example";
import { collectOutput, recordedState, reduceRun } from "./run-state";

/** A run that is over sooner is not shown as running: nobody could read it, and drawing it would slow the run down. In ms. */
const SHOW_RUNNING_AFTER_MS = 40;

/** How often the rows of a longer run are drawn. In ms. */
const SHOW_PROGRESS_EVERY_MS = 120;

/** The code, the run and the actions of one playground. */
export function usePlayground(example: PlaygroundExample) {
  const { entry, files } = example.program;
  const original = files[entry] ?? "";
  const [code, setCode] = useState(original);
  const [latency, setLatency] = useState<"simulated" | "off">("simulated");
  const [state, dispatch] = useReducer(reduceRun, example, recordedState);
  const current = useRef<AbortController | null>(null);

  useEffect(() => () => current.current?.abort(), []);

  const program = useCallback((): Program => {
    return { ...example.program, files: { ...files, [entry]: code }, latency };
  }, [example, files, entry, code, latency]);

  const warm = useCallback(async () => {
    try {
      const [engine, compiled] = await Promise.all([
        loadEngine(),
        code === original ? example.loadCompiled() : undefined,
      ]);
      await engine.warm(compiled ? { ...program(), compiled } : program());
    } catch {
      // The run will meet the same failure, and tell.
    }
  }, [example, code, original, program]);

  const stop = useCallback(() => current.current?.abort(), []);

  const run = useCallback(async () => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const collected = collectOutput();
    // A newer run has taken over, or the reader has reset: then this one has nothing to say any more.
    const isCurrent = () => current.current === controller;
    const started = setTimeout(() => isCurrent() && dispatch({ type: "started" }), SHOW_RUNNING_AFTER_MS);
    const progress = setInterval(() => {
      if (isCurrent() && !collected.isEmpty()) dispatch({ type: "progressed", output: collected.output() });
    }, SHOW_PROGRESS_EVERY_MS);
    const startedAt = performance.now();
    const result = await attempt(example, program(), code === original, collected, controller.signal).catch(
      (reason: unknown) => failedToStart(reason, collected, startedAt),
    );
    clearTimeout(started);
    clearInterval(progress);
    if (isCurrent()) dispatch({ type: "finished", output: collected.output(), result });
  }, [example, program, code, original]);

  const reset = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setCode(original);
    dispatch({ type: "reset", example });
  }, [example, original]);

  return { code, setCode, edited: code !== original, latency, setLatency, state, run, stop, reset, warm };
}

async function attempt(
  example: PlaygroundExample,
  program: Program,
  unedited: boolean,
  collected: ReturnType<typeof collectOutput>,
  signal: AbortSignal,
): Promise<RunResult> {
  const [engine, compiled] = await Promise.all([loadEngine(), unedited ? example.loadCompiled() : undefined]);
  return engine.run(compiled ? { ...program, compiled } : program, collected.add, signal);
}

/** The engine itself could not be loaded, e.g. because the reader is offline. */
function failedToStart(reason: unknown, collected: ReturnType<typeof collectOutput>, startedAt: number): RunResult {
  const message = `The playground could not be loaded. Check your connection and run again. (${String(reason)})`;
  const error = { type: "error" as const, kind: "engine" as const, name: "Error", message, stack: "" };
  collected.add(error);
  return {
    engine: "sandbox",
    outcome: "failed",
    durationMs: performance.now() - startedAt,
    spanCount: 0,
    dropped: 0,
    error,
  };
}
