let worker: Worker | null = null;
const onLost = new Set<(reason: Error) => void>();

/**
 * The one TypeScript worker of the page; it starts with the first call. Monaco and the compiler talk to it. If its script
 * cannot be loaded, everybody who waits is told and the next call starts another.
 */
export function typescriptWorker(): Worker {
  if (worker) return worker;
  const started = new Worker(/* webpackChunkName: "ts.worker" */ new URL("./ts.worker.ts", import.meta.url), {
    name: "typescript",
  });
  started.addEventListener("error", (event) => {
    // An error with a message comes from code that runs: the worker is there.
    if (event.message) return;
    if (worker === started) worker = null;
    for (const tell of onLost) tell(new Error("The TypeScript compiler could not be loaded."));
    onLost.clear();
  });
  worker = started;
  return started;
}

/** Tells `listener` when the worker turns out not to load. Returns the undo. */
export function onWorkerLost(listener: (reason: Error) => void): () => void {
  onLost.add(listener);
  return () => onLost.delete(listener);
}
