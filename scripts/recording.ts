import type { ConsoleEvent, Engine, Program, RunResult, Trace } from "@tracebook/playground/contract";
import { traceShapes } from "@tracebook/playground/trace-shape";
import type { Recording } from "../src/plugins/examples/schema";

/** Runs a program to its end and keeps what a page shows of it. No recording when it was killed. */
export async function runToRecording(
  engine: Engine,
  program: Program,
): Promise<{ recording: Recording | null; result: RunResult }> {
  const printed: Omit<ConsoleEvent, "type">[] = [];
  const traces: Trace[] = [];
  const sink: Parameters<Engine["run"]>[1] = (event) => {
    if (event.type === "console") printed.push({ level: event.level, text: event.text });
    if (event.type === "trace") traces.push(event.trace);
  };
  const result = await engine.run(program, sink, new AbortController().signal);
  const { outcome } = result;
  const finished = outcome === "completed" || outcome === "failed";
  return { result, recording: finished ? { outcome, console: printed, traces } : null };
}

/** Whether two recordings agree in everything but ids, times and payloads. Printed lines must be equal. */
export function sameShape(a: Recording, b: Recording): boolean {
  return JSON.stringify(recordingShape(a)) === JSON.stringify(recordingShape(b));
}

/** What two recordings of one program must share. */
export function recordingShape(recording: Recording) {
  return { outcome: recording.outcome, console: recording.console, traces: traceShapes(recording.traces) };
}
