/** Something that happens at a point of simulated time. */
export interface TimelineEntry {
  /** Milliseconds on the simulated timeline. */
  due: number;
  /** A latency of a mock (may be skipped to) or a timer of the program. */
  readonly kind: "sleep" | "timer";
  /** `false`: does not keep the program alive (Node's `unref`). */
  keepsAlive: boolean;
  fire(): void;
}

/** Entries by due time, those of one time by insertion. Small: a program has tens of timers, not thousands. */
export class Timeline {
  readonly #entries: TimelineEntry[] = [];
  #sleeps = 0;

  get first(): TimelineEntry | undefined {
    return this.#entries[0];
  }

  /** Whether a latency of a mock is under way. */
  get hasSleep(): boolean {
    return this.#sleeps > 0;
  }

  get keepsAlive(): boolean {
    return this.#entries.some((entry) => entry.keepsAlive);
  }

  add(entry: TimelineEntry): void {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.due ?? 0) <= entry.due) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, entry);
    if (entry.kind === "sleep") this.#sleeps++;
  }

  /** Returns whether the entry was there. */
  remove(entry: TimelineEntry): boolean {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return false;
    this.#entries.splice(index, 1);
    if (entry.kind === "sleep") this.#sleeps--;
    return true;
  }
}
