import type { MockClock } from "../contract";
import { captureNativeTime } from "./native";
import { Pump } from "./pump";
import { createSimulatedDate } from "./simulated-date";
import { abortable, abortReason } from "./sleep";
import { ProgramTimers } from "./timers";

/** Simulated time in force on a global object. */
export interface SimulatedTime {
  readonly clock: MockClock;
  /** Puts the platform's functions back (where nobody else replaced them since); what is pending runs on in real time. */
  uninstall(): void;
}

const installed = new WeakMap<object, SimulatedTime>();

/**
 * Lets the latency of mocks pass without making anybody wait, in the right order relative to the program's own timers.
 *
 * `Date`, `performance.now`, `setTimeout`, `setInterval`, their `clear…` and `AbortSignal.timeout` of `global` are replaced.
 * While a mock sleeps and the program is idle, time jumps to what is due next; otherwise it passes as it really does.
 * Install it before anything that binds timers to an async context, so that the binding sits on top. Installing twice
 * returns the same installation.
 *
 * @example
 * const { clock, uninstall } = installSimulatedTime();
 * await clock.sleep(400); // at once; Date.now() has moved by 400 ms
 */
export function installSimulatedTime(global: typeof globalThis = globalThis): SimulatedTime {
  const before = installed.get(global);
  if (before) return before;
  const native = captureNativeTime(global);
  const pump = new Pump(native);
  const epochNow = monotonicEpoch(native, pump);
  const undo = [
    ...replaceClocks(global, native, pump, epochNow),
    ...replaceTimers(global, new ProgramTimers(pump, native)),
  ];
  const time: SimulatedTime = {
    clock: { now: epochNow, sleep: (ms, signal) => sleep(pump, ms, signal) },
    uninstall() {
      pump.jumps = false;
      for (const restore of undo.splice(0)) restore();
      installed.delete(global);
    },
  };
  installed.set(global, time);
  return time;
}

type Native = ReturnType<typeof captureNativeTime>;

/** Milliseconds since the epoch with a fraction, from the monotonic clock; follows the system's clock forwards, never back. */
function monotonicEpoch(native: Native, pump: Pump): () => number {
  let origin = Number.NEGATIVE_INFINITY;
  return () => {
    origin = Math.max(origin, native.dateNow() - native.performanceNow());
    return origin + pump.now();
  };
}

async function sleep(pump: Pump, ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw abortReason(signal);
  if (!(ms > 0)) return;
  const [promise, fire] = abortable(signal, () => pump.remove(entry));
  const entry = { due: pump.now() + ms, kind: "sleep" as const, keepsAlive: true, fire };
  pump.add(entry);
  await promise;
}

function replaceClocks(global: typeof globalThis, native: Native, pump: Pump, epochNow: () => number): (() => void)[] {
  const dateNow = (): number => Math.floor(epochNow());
  const date = createSimulatedDate(native.date, dateNow);
  return [
    replace(native.date, "now", dateNow),
    replace(native.date.prototype, "constructor", date),
    replace(global, "Date", date),
    replace(global.performance, "now", () => pump.now()),
  ];
}

function replaceTimers(global: typeof globalThis, timers: ProgramTimers): (() => void)[] {
  const set = (name: "setTimeout" | "setInterval"): (() => void) => {
    const native: unknown = global[name];
    const simulated = (callback: unknown, ms?: unknown, ...args: unknown[]): unknown => {
      if (typeof callback !== "function") return Reflect.apply(native as () => void, global, [callback, ms, ...args]);
      return timers.set(callback as () => void, ms, args, name === "setInterval");
    };
    const promised = (ms?: unknown, value?: unknown): Promise<unknown> =>
      new Promise((resolve) => simulated(resolve, ms, value));
    // What Node's `util.promisify(setTimeout)` looks for.
    if (name === "setTimeout") Object.assign(simulated, { [Symbol.for("nodejs.util.promisify.custom")]: promised });
    return replace(global, name, simulated);
  };
  const clear = (name: "clearTimeout" | "clearInterval"): (() => void) => {
    const native: unknown = global[name];
    return replace(global, name, (handle?: unknown) => {
      if (!timers.clear(handle)) Reflect.apply(native as () => void, global, [handle]);
    });
  };
  const timeout = replace(global.AbortSignal, "timeout", (ms: number): AbortSignal => {
    const controller = new AbortController();
    const reason = (): DOMException => new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const handle = timers.set(() => controller.abort(reason()), ms, [], false);
    if (typeof handle === "object") handle.unref();
    return controller.signal;
  });
  return [set("setTimeout"), set("setInterval"), clear("clearTimeout"), clear("clearInterval"), timeout];
}

/** Sets a property and returns how to undo it; the undo leaves a value alone that somebody else has put there since. */
function replace(target: object, key: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, key);
  const enumerable = before?.enumerable ?? false;
  Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable });
  return () => {
    if (Reflect.get(target, key) !== value) return;
    if (before) Object.defineProperty(target, key, before);
    else Reflect.deleteProperty(target, key);
  };
}
