import { editor } from "monaco-editor/editor";

interface WorkerOptions {
  readonly label?: string;
  readonly createData?: unknown;
  readonly host?: Record<string, (...args: never[]) => unknown>;
  readonly keepIdleModels?: boolean;
}

/** Takes the place of Monaco's module of this name: starts a language worker, always as a worker. */
export function createWebWorker<T extends object>(options: WorkerOptions): editor.MonacoWebWorker<T> {
  const worker = Promise.resolve(self.MonacoEnvironment?.getWorker?.("", options.label ?? "editor")).then((started) => {
    if (!started) throw new Error("MonacoEnvironment.getWorker is missing");
    // The first message wakes the worker, the second sets it up.
    started.postMessage("ignore");
    started.postMessage(options.createData);
    return started;
  });
  return editor.createWebWorker<T>({ worker, host: options.host, keepIdleModels: options.keepIdleModels });
}
