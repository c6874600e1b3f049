import { warn } from "../diagnostics.js";
import type { FinishedTrace, TraceExporter } from "./trace-exporter.js";

/** Traces that may wait for the exporter. */
const MAX_WAITING = 1_000;

/**
 * An exporter whose code is loaded when the first trace is finished. Traces wait for it, in order; they are given up, with a
 * warning, when it cannot be loaded, and loading is tried again for the next one.
 *
 * @example new DeferredExporter(async () => new (await import("./uc-exporter.js")).UcExporter(client));
 */
export class DeferredExporter implements TraceExporter {
  readonly #load: () => Promise<TraceExporter>;
  #loaded: TraceExporter | undefined;
  #loading: Promise<void> | undefined;
  #waiting: FinishedTrace[] = [];
  #dropped = 0;

  constructor(load: () => Promise<TraceExporter>) {
    this.#load = load;
  }

  /** Traces that were given up before the exporter was there. */
  get dropped(): number {
    return this.#dropped;
  }

  export(finished: FinishedTrace): void {
    if (this.#loaded) {
      this.#loaded.export(finished);
      return;
    }
    if (this.#waiting.length >= MAX_WAITING) this.#dropped++;
    else this.#waiting.push(finished);
    this.#loading ??= this.#start();
  }

  async flush(): Promise<void> {
    await this.#loading;
    await this.#loaded?.flush();
  }

  async close(): Promise<void> {
    await this.#loading;
    await (this.#loaded?.close ? this.#loaded.close() : this.#loaded?.flush());
  }

  /** Loads now, in the background, what would be loaded with the first trace. */
  preload(): void {
    this.#loading ??= this.#start();
  }

  async #start(): Promise<void> {
    try {
      const exporter = await Promise.resolve().then(() => this.#load());
      this.#loaded = exporter;
      for (const finished of this.#waiting) exporter.export(finished);
    } catch (error) {
      this.#dropped += this.#waiting.length;
      if (this.#waiting.length === 0) return;
      warn(`${this.#waiting.length} traces are dropped: their exporter could not be loaded`, error);
    } finally {
      this.#waiting = [];
      this.#loading = undefined;
    }
  }
}
