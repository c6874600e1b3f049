import type { NativeTime } from "./native";
import { Timeline, type TimelineEntry } from "./timeline";

/** Macrotasks without any new timer or sleep after which the program counts as idle. */
const QUIET_TURNS = 4;

/**
 * Drives the timeline. While a mock's latency is under way and the program is idle, time jumps to whatever is due next;
 * otherwise it passes as it really does. Each entry fires in a macrotask of its own.
 */
export class Pump {
  readonly #native: NativeTime;
  readonly #timeline = new Timeline();
  #skew = 0;
  #quiet = 0;
  #turning = false;
  #alarm: unknown;

  /** `false` ends the jumps: what is left runs in real time. */
  jumps = true;

  constructor(native: NativeTime) {
    this.#native = native;
  }

  /** Milliseconds that have been skipped so far; never shrinks. */
  get skew(): number {
    return this.#skew;
  }

  /** Simulated `performance.now()`. */
  now(): number {
    return this.#native.performanceNow() + this.#skew;
  }

  add(entry: TimelineEntry): void {
    this.#quiet = 0;
    this.#timeline.add(entry);
    this.schedule();
  }

  remove(entry: TimelineEntry): void {
    this.#quiet = 0;
    if (this.#timeline.remove(entry)) this.schedule();
  }

  /** Arranges the next look at the timeline: in the next turn while there is work, else when the first entry is due. */
  schedule(): void {
    this.#native.clearTimeout(this.#alarm);
    this.#alarm = undefined;
    const { first } = this.#timeline;
    if (!first || this.#turning) return;
    const wait = first.due - this.now();
    if (wait <= 0 || (this.jumps && this.#timeline.hasSleep)) this.#turnSoon();
    else this.#setAlarm(wait);
  }

  #turnSoon(): void {
    this.#turning = true;
    this.#native.nextTurn(() => this.#turn());
  }

  #setAlarm(wait: number): void {
    // Longer waits than a platform timer can hold are taken in pieces.
    this.#alarm = this.#native.setTimeout(() => this.schedule(), Math.min(Math.ceil(wait), 0x7fffffff));
    if (!this.#timeline.keepsAlive) (this.#alarm as { unref?: () => void }).unref?.();
  }

  #turn(): void {
    this.#turning = false;
    const { first } = this.#timeline;
    const idle = ++this.#quiet > QUIET_TURNS && this.jumps && this.#timeline.hasSleep;
    if (first && (first.due <= this.now() || idle)) this.#fire(first);
    this.schedule();
  }

  #fire(entry: TimelineEntry): void {
    this.#skew += Math.max(0, entry.due - this.now());
    this.#quiet = 0;
    this.#timeline.remove(entry);
    entry.fire();
  }
}
