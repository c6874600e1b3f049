/** Limits of an {@link ExportQueue}. */
export interface ExportQueueLimits {
  /** Items that wait or run. */
  readonly items: number;
  /** Their bytes together. */
  readonly bytes: number;
  /** Items that run at the same time. */
  readonly running: number;
}

interface Job<T> {
  readonly key: string;
  readonly item: T;
  readonly bytes: number;
}

/**
 * Works items off a few at a time, and one after the other where they have the same key. Bounded in number and in bytes:
 * what does not fit is not taken. A single item is taken however large it is, when nothing else is there.
 */
export class ExportQueue<T> {
  readonly #work: (item: T) => Promise<void>;
  readonly #limits: ExportQueueLimits;
  readonly #waiting: Job<T>[] = [];
  readonly #running = new Map<string, Job<T>>();
  #bytes = 0;
  #idle: (() => void)[] = [];

  /** @param work must not reject */
  constructor(work: (item: T) => Promise<void>, limits: ExportQueueLimits) {
    this.#work = work;
    this.#limits = limits;
  }

  /** Waiting and running items. */
  get size(): number {
    return this.#waiting.length + this.#running.size;
  }

  /** @returns whether the item was taken */
  add(key: string, item: T, bytes: number): boolean {
    const { items, bytes: maxBytes } = this.#limits;
    if (this.size >= items || (this.size > 0 && this.#bytes + bytes > maxBytes)) return false;
    this.#bytes += bytes;
    this.#waiting.push({ key, item, bytes });
    this.#next();
    return true;
  }

  /** What is running, then what waits, in order. */
  items(): T[] {
    return [...this.#running.values(), ...this.#waiting].map(({ item }) => item);
  }

  /** Resolves when nothing is waiting or running any more. */
  drained(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #next(): void {
    while (this.#running.size < this.#limits.running) {
      const at = this.#waiting.findIndex(({ key }) => !this.#running.has(key));
      const [job] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (!job) break;
      this.#start(job);
    }
    if (this.size > 0) return;
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  #start(job: Job<T>): void {
    this.#running.set(job.key, job);
    const done = () => {
      this.#running.delete(job.key);
      this.#bytes -= job.bytes;
      this.#next();
    };
    // Not now: this may be the program's own call that ends a span, and encoding takes time.
    Promise.resolve(job.item).then(this.#work).then(done, done);
  }
}
