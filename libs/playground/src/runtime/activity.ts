import type { MockClock } from "@tracebook/mock-providers";

type TimerName = "setTimeout" | "setInterval";
type AnyFunction = (...args: never[]) => unknown;
type TimerHost = Record<TimerName | "clearTimeout" | "clearInterval", AnyFunction>;

/**
 * Counts what keeps a program alive, as Node's event loop would: its timers, its requests and the sleeps of mocked services.
 * A program has ended when its main function has returned and nothing of this is left.
 */
export function trackActivity(host: TimerHost = globalThis as unknown as TimerHost) {
  const timers = new Set<unknown>();
  const native = { ...pickTimers(host) };
  let pending = 0;

  for (const name of ["setTimeout", "setInterval"] as const) host[name] = wrapTimer(name, native[name], timers);
  for (const name of ["clearTimeout", "clearInterval"] as const) {
    const clear = native[name] as (id: unknown) => void;
    host[name] = (id: unknown) => {
      timers.delete(id);
      clear.call(globalThis, id);
    };
  }

  /** Counts as activity until the promise settles. */
  function track<T>(promise: Promise<T>): Promise<T> {
    pending += 1;
    const done = () => {
      pending -= 1;
    };
    promise.then(done, done);
    return promise;
  }

  return {
    /** Timers, requests and sleeps that are still to come. */
    count: () => timers.size + pending,
    trackClock: (clock: MockClock): MockClock => ({
      now: () => clock.now(),
      sleep: (ms, signal) => track(clock.sleep(ms, signal)),
    }),
    trackFetch:
      (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
      (...args) =>
        track(fetch(...args)),
    undo: () => void Object.assign(host, native),
  };
}
export type Activity = ReturnType<typeof trackActivity>;

function pickTimers(host: TimerHost): TimerHost {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = host;
  return { setTimeout, setInterval, clearTimeout, clearInterval };
}

function wrapTimer(name: TimerName, native: AnyFunction, timers: Set<unknown>) {
  const start = native as (callback: unknown, ...rest: unknown[]) => unknown;
  return (callback: unknown, ...rest: unknown[]) => {
    if (typeof callback !== "function") return start.call(globalThis, callback, ...rest);
    const id = start.call(
      globalThis,
      (...args: unknown[]) => {
        if (name === "setTimeout") timers.delete(id);
        return callback(...args);
      },
      ...rest,
    );
    timers.add(id);
    return id;
  };
}
