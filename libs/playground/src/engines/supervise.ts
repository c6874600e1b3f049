import type { CompiledFile, RunResult, RunSink } from "../contract";
import type { RunRequest } from "../runtime/environment";
import type { Connection } from "./backend";
import { createReceiver } from "./receiver";

type Outcome = Pick<RunResult, "outcome" | "spanCount" | "dropped" | "error">;

/**
 * Runs one program in one realm until it exits, fails, is stopped or is out of time. The deadline and the stop belong to
 * this side, so that nothing the program does can delay them.
 */
export function supervise(
  connection: Connection,
  request: RunRequest,
  files: Readonly<Record<string, CompiledFile>>,
  sink: RunSink,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const receiver = createReceiver(sink, files, (ok) => end(ok ? "completed" : "failed"));
    const timer = setTimeout(() => end("timed-out"), deadlineMs);
    const stop = () => end("stopped");
    signal.addEventListener("abort", stop, { once: true });

    function end(outcome: Outcome["outcome"]): void {
      receiver.close();
      connection.kill();
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      const { spans, dropped, error } = receiver.tally;
      resolve({ outcome, spanCount: spans, dropped, ...(error ? { error } : {}) });
    }

    connection.start(request, receiver.receive, (message) => {
      receiver.fail({ type: "error", kind: "engine", name: "Error", message, stack: "" });
      end("failed");
    });
  });
}
