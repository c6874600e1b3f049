import type { NativeTime } from "./native";
import type { Pump } from "./pump";
import type { TimelineEntry } from "./timeline";

type Callback = (...args: unknown[]) => void;

/** One timer of the program. */
class ProgramTimer implements TimelineEntry {
  readonly kind = "timer";
  keepsAlive = true;
  due = 0;
  fire = (): void => {};
}

/** Node's `Timeout`, as far as programs use it. Elsewhere a timer is a number. */
class TimerHandle {
  constructor(
    readonly id: number,
    readonly timers: ProgramTimers,
  ) {}
  ref(): this {
    this.timers.keepAlive(this.id, true);
    return this;
  }
  unref(): this {
    this.timers.keepAlive(this.id, false);
    return this;
  }
  hasRef(): boolean {
    return this.timers.keepsAlive(this.id);
  }
  refresh(): this {
    this.timers.refresh(this.id);
    return this;
  }
  close(): this {
    this.timers.clear(this.id);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

/** Far from the small numbers that platforms count timers with, as those stay valid too; still a 32-bit integer. */
const FIRST_ID = 2 ** 30;
const LONGEST_DELAY_MS = 0x7fffffff;

/** `setTimeout` and its kin on simulated time. */
export class ProgramTimers {
  readonly #pump: Pump;
  readonly #native: NativeTime;
  readonly #asObjects: boolean;
  readonly #timers = new Map<number, { timer: ProgramTimer; delay: number; arm: () => void }>();
  #lastId = FIRST_ID;

  constructor(pump: Pump, native: NativeTime) {
    this.#pump = pump;
    this.#native = native;
    const probe = native.setTimeout(() => {}, 0);
    this.#asObjects = typeof probe === "object";
    native.clearTimeout(probe);
  }

  set(callback: Callback, ms: unknown, args: unknown[], repeat: boolean): number | TimerHandle {
    const id = ++this.#lastId;
    const handle = this.#asObjects ? new TimerHandle(id, this) : id;
    const self = this.#asObjects ? handle : globalThis;
    const timer = new ProgramTimer();
    const delay = Number(ms) >= 1 && Number(ms) <= LONGEST_DELAY_MS ? Math.trunc(Number(ms)) : 1;
    const run = (): void => {
      if (!this.#timers.has(id)) return;
      if (!repeat) this.#timers.delete(id);
      else arm();
      try {
        Reflect.apply(callback, self, args);
      } catch (error) {
        this.#report(error);
      }
    };
    // The callback runs as a reaction of a promise made here, so that async context (Node's, or a patched `then`) is this one.
    const arm = (): void => {
      new Promise<void>((resolve) => {
        timer.fire = resolve;
      }).then(run);
      timer.due = this.#pump.now() + delay;
      this.#pump.add(timer);
    };
    this.#timers.set(id, { timer, delay, arm });
    arm();
    return handle;
  }

  /** Returns whether `handle` was one of these timers (or had been one). */
  clear(handle: unknown): boolean {
    const id = idOf(handle);
    if (id === undefined) return false;
    const entry = this.#timers.get(id);
    this.#timers.delete(id);
    if (entry) this.#pump.remove(entry.timer);
    return true;
  }

  refresh(id: number): void {
    const entry = this.#timers.get(id);
    if (!entry) return;
    this.#pump.remove(entry.timer);
    entry.timer.due = this.#pump.now() + entry.delay;
    this.#pump.add(entry.timer);
  }

  keepAlive(id: number, on: boolean): void {
    const entry = this.#timers.get(id);
    if (!entry) return;
    entry.timer.keepsAlive = on;
    this.#pump.schedule();
  }

  keepsAlive(id: number): boolean {
    return this.#timers.get(id)?.timer.keepsAlive ?? false;
  }

  /** Surfaces as an uncaught error of its own task, as from any timer. */
  #report(error: unknown): void {
    this.#native.setTimeout(() => {
      throw error;
    }, 0);
  }
}

function idOf(handle: unknown): number | undefined {
  const id = handle instanceof TimerHandle ? handle.id : Number(typeof handle === "object" ? Number.NaN : handle);
  return id > FIRST_ID ? id : undefined;
}
