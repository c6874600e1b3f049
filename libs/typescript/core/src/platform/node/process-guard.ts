import { guarded, warn } from "../../diagnostics.js";
import type { GuardExports, Outbox, Outcome } from "../../export/outbox.js";
import type { FinishedTrace } from "../../export/trace-exporter.js";
import { onProcessEnd } from "./process-end.js";
import { SpillDirectory } from "./spill-directory.js";
import { cutOff, readSpillRecord, writeSpillRecord } from "./spill-record.js";

/** How long a process that has come to its end is kept alive for what is unsent. */
const DRAIN_LIMIT_MS = 3_000;

/**
 * Looks after unsent traces when a Node.js process ends. At its natural end they are sent, for up to three seconds. What is
 * unsent then, or when it ends by `process.exit`, an exception or a rejection, goes to files of the
 * {@link SpillDirectory}, open traces included; the next process with the same server sends them.
 *
 * A signal without a handler ends a process at once: nothing can be saved then, unless `MLFLOW_TRACE_SPILL_ON_SIGNAL` is
 * `true`.
 */
export const guardExports: GuardExports = (outbox) => {
  const directory = guarded("No directory for unsent traces", () => SpillDirectory.fromEnvironment(outbox.trackingUri));
  const guard = new ProcessGuard(outbox, directory);
  const release = onProcessEnd(guard);
  guard.resume();
  return { keep: (finished) => guard.keep(finished), resume: () => guard.resume(), release };
};

class ProcessGuard {
  readonly #outbox: Outbox;
  readonly #directory: SpillDirectory | undefined;
  /** Traces from files, with the names of these. */
  readonly #claimed = new Map<FinishedTrace, string>();
  #mayHaveFiles = true;
  #isDraining = false;
  #toldKept = false;

  constructor(outbox: Outbox, directory: SpillDirectory | undefined) {
    this.#outbox = outbox;
    this.#directory = directory;
  }

  /** The event loop is empty: whatever is unsent waits for a next try. */
  async drain(): Promise<void> {
    if (this.#isDraining || this.#outbox.unsent().length === 0) return;
    this.#isDraining = true;
    await this.#outbox.drain(DRAIN_LIMIT_MS);
    this.#outbox.abort();
    this.#isDraining = false;
  }

  /** The process exits: nothing asynchronous happens any more. */
  spill(): void {
    const open = this.#openTraces();
    // What is open holds all that has been exported of it; parts of a trace that began elsewhere are apart.
    const whole = new Set(open.filter(({ isRemote }) => !isRemote).map(({ trace }) => trace.info.traceId));
    const unsent = this.#outbox.unsent().map(({ finished }) => finished);
    let kept = 0;
    let lost = 0;
    for (const finished of [...unsent.filter(({ trace }) => !whole.has(trace.info.traceId)), ...open]) {
      const name = this.#claimed.get(finished);
      if (name !== undefined) this.#release(name);
      else if (this.#write(cutOff(finished))) kept++;
      else lost++;
    }
    if (kept > 0) warn(`${kept} unsent traces are kept in ${this.#directory?.path} and sent at the next start`);
    if (lost > 0) warn(`${lost} unsent traces are lost`);
  }

  keep(finished: FinishedTrace): boolean {
    if (!this.#write(finished)) return false;
    this.#mayHaveFiles = true;
    if (!this.#toldKept) warn(`Traces that cannot be sent now are kept in ${this.#directory?.path}`);
    this.#toldKept = true;
    return true;
  }

  resume(): void {
    if (!this.#directory || !this.#mayHaveFiles) return;
    this.#mayHaveFiles = false;
    const directory = this.#directory;
    // Later, so that a program's start does not wait for files.
    setImmediate(() => guarded("Failed to look for unsent traces", () => this.#resend(directory)));
  }

  #resend(directory: SpillDirectory): void {
    const { names, expired } = directory.list();
    if (expired > 0) warn(`${expired} unsent traces were deleted: they were too old`);
    const next = () => {
      const name = names.shift();
      const goesOn = guarded("Failed to resend a trace", () => name && this.#resendOne(directory, name), false);
      if (goesOn) setImmediate(next);
    };
    next();
  }

  /** @returns whether there is room for more */
  #resendOne(directory: SpillDirectory, name: string): boolean {
    const claimed = directory.claim(name);
    if (claimed === undefined) return true;
    const finished = this.#read(directory, claimed);
    if (!finished) return true;
    this.#claimed.set(finished, claimed);
    if (this.#outbox.send(finished, (outcome) => this.#settle(finished, outcome))) return true;
    this.#settle(finished, "unreachable");
    return false;
  }

  #read(directory: SpillDirectory, claimed: string): FinishedTrace | undefined {
    try {
      return readSpillRecord(directory.read(claimed), this.#outbox.trackingUri);
    } catch (error) {
      warn(`An unsent trace cannot be read and is set aside in ${directory.path}`, error);
      guarded("Failed to set an unsent trace aside", () => directory.setAside(claimed));
      return undefined;
    }
  }

  #settle(finished: FinishedTrace, outcome: Outcome): void {
    const name = this.#claimed.get(finished);
    if (name === undefined) return;
    this.#claimed.delete(finished);
    if (outcome === "unreachable") this.#release(name);
    else guarded("Failed to delete a trace that is settled", () => this.#directory?.delete(name));
  }

  #release(name: string): void {
    this.#mayHaveFiles = true;
    guarded("Failed to leave an unsent trace", () => this.#directory?.release(name));
  }

  #write(finished: FinishedTrace): boolean {
    const directory = this.#directory;
    if (!directory) return false;
    const write = () => {
      return directory.write(finished.trace.info.traceId, writeSpillRecord(this.#outbox.trackingUri, finished));
    };
    return guarded("Failed to keep an unsent trace", write, false);
  }

  #openTraces(): readonly FinishedTrace[] {
    return guarded("Failed to find open traces", () => this.#outbox.openTraces(), []);
  }
}
