/** The platform's own time functions, captured before anything here replaces them. */
export interface NativeTime {
  readonly date: DateConstructor;
  dateNow(): number;
  performanceNow(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  /** Runs `run` in a later macrotask, without the clamping of timers. */
  nextTurn(run: () => void): void;
}

type Global = typeof globalThis & { setImmediate?: (run: () => void) => unknown };

/** Captures the time functions of `global`. Works in pages, workers (opaque origins too) and Node. */
export function captureNativeTime(global: Global): NativeTime {
  const { Date: date, performance, setTimeout, clearTimeout } = global;
  const dateNow = date.now;
  const performanceNow = performance.now;
  return {
    date,
    dateNow: () => dateNow.call(date),
    performanceNow: () => performanceNow.call(performance),
    setTimeout: (run, ms) => setTimeout.call(global, run, ms),
    clearTimeout: (handle) => clearTimeout.call(global, handle as number),
    nextTurn: macrotasks(global),
  };
}

/** `setImmediate` where there is one (an open MessagePort would keep Node alive), else a MessageChannel. */
function macrotasks(global: Global): (run: () => void) => void {
  const { setImmediate } = global;
  if (setImmediate) return (run) => void setImmediate.call(global, run);
  const { port1, port2 } = new global.MessageChannel();
  const post = port2.postMessage.bind(port2);
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    post(null);
  };
}
