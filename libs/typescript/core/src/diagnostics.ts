/**
 * The one channel by which the SDK speaks of its own troubles. Nothing here ever throws.
 */

/** Receives one problem: a sentence, and the error behind it if there is one. */
export type DiagnosticSink = (message: string, cause?: unknown) => void;

const consoleSink: DiagnosticSink = (message, cause) => {
  if (cause === undefined) console.warn(`[mlflow] ${message}`);
  else console.warn(`[mlflow] ${message}`, cause);
};

let sink: DiagnosticSink = consoleSink;

/**
 * Sends the SDK's problems somewhere else than to `console.warn`; without an argument, back to it.
 *
 * @returns an undo that restores the sink there was before
 * @example setDiagnosticSink((message) => myLogger.warn(message));
 */
export function setDiagnosticSink(next: DiagnosticSink = consoleSink): () => void {
  const previous = sink;
  sink = next;
  return () => {
    sink = previous;
  };
}

/** Reports a problem. A sink that throws is ignored. */
export function warn(message: string, cause?: unknown): void {
  try {
    sink(message, cause);
  } catch {
    // Telemetry must not fail the program, and neither must a broken logger.
  }
}

/** Runs `step` and returns its result; what it throws is reported as `problem`, and the result is then `fallback`, or `undefined`. */
export function guarded<T>(problem: string, step: () => T): T | undefined;
export function guarded<T>(problem: string, step: () => T, fallback: T): T;
export function guarded<T>(problem: string, step: () => T, fallback?: T): T | undefined {
  try {
    return step();
  } catch (error) {
    warn(problem, error);
    return fallback;
  }
}
