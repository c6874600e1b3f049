/** Exports that may wait or run at once; more are dropped. */
const MAX_PENDING = 1_000;
/** Exports that run at the same time. */
const MAX_RUNNING = 8;

interface Job {
  readonly key: string;
  readonly run: () => Promise<void>;
}

/**
 * Runs exports a few at a time, and one after the other where they have the same key. Bounded: what does not fit is dropped
 * and counted.
 */
export class ExportQueue {
  #dropped = 0;
  readonly #waiting: Job[] = [];
  readonly #running = new Set<string>();
  #idle: (() => void)[] = [];

  /** Exports that were dropped because too many were pending. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * @param run must not reject
   * @returns whether the export was accepted
   */
  add(key: string, run: () => Promise<void>): boolean {
    if (this.#waiting.length + this.#running.size >= MAX_PENDING) {
      this.#dropped++;
      return false;
    }
    this.#waiting.push({ key, run });
    this.#next();
    return true;
  }

  /** Resolves when nothing is waiting or running any more. */
  drained(): Promise<void> {
    if (this.#running.size === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (this.#running.size < MAX_RUNNING) {
      const at = this.#waiting.findIndex(({ key }) => !this.#running.has(key));
      const [job] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (!job) break;
      this.#start(job);
    }
    if (this.#running.size > 0 || this.#waiting.length > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  #start({ key, run }: Job): void {
    this.#running.add(key);
    const done = () => {
      this.#running.delete(key);
      this.#next();
    };
    run().then(done, done);
  }
}
