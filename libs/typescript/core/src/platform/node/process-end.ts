/** What is told of the end of the process. Neither method throws or rejects. */
export interface EndListener {
  /** The process has nothing left to do, but may still wait. */
  drain(): Promise<void>;
  /** The process exits; only what is synchronous still happens. */
  spill(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const listeners = new Set<EndListener>();
let uninstall: (() => void) | undefined;

/** @returns an undo; after the last one, nothing of ours is left on `process` */
export function onProcessEnd(listener: EndListener): () => void {
  listeners.add(listener);
  uninstall ??= install();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    uninstall?.();
    uninstall = undefined;
  };
}

function install(): () => void {
  const drain = () => {
    for (const listener of listeners) void listener.drain();
  };
  process.on("beforeExit", drain);
  process.on("exit", spill);
  const ofSignals = process.env.MLFLOW_TRACE_SPILL_ON_SIGNAL === "true" ? SIGNALS : [];
  for (const signal of ofSignals) process.on(signal, endBySignal);
  return () => {
    process.off("beforeExit", drain);
    process.off("exit", spill);
    for (const signal of ofSignals) process.off(signal, endBySignal);
  };
}

function spill(): void {
  for (const listener of [...listeners]) listener.spill();
}

/** Saves what is unsent and ends the process as the signal would have, unless the program handles it itself. */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  spill();
  process.off(signal, endBySignal);
  process.kill(process.pid, signal);
}
