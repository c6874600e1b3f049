import type { LiveSpan } from "mlflow-tracing";

/** Runs that may be open at once; the span of the oldest is ended when there are more. */
export const MAX_OPEN_RUNS = 10_000;

/** A run of LangChain's that has started and not ended. */
export interface Run {
  readonly span: LiveSpan;
  /** `false` for a run that is not shown: its children belong to the span of its parent. */
  readonly ownsSpan: boolean;
  /** The handler that recorded it. */
  readonly owner: object;
  /** Tokens that have been streamed. */
  tokens: number;
}

/** The open runs by their id, oldest first. Holds at most `limit`, and counts what it had to give up. */
export class RunMap {
  /** Runs whose span was ended early to make room. */
  dropped = 0;
  readonly #runs = new Map<string, Run>();
  readonly #limit: number;

  constructor(limit = MAX_OPEN_RUNS) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#runs.size;
  }

  get(runId: string | undefined): Run | undefined {
    return runId === undefined ? undefined : this.#runs.get(runId);
  }

  add(runId: string, run: Run): void {
    const oldest = this.#runs.size >= this.#limit ? this.#runs.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.dropped++;
      const lost = this.take(oldest);
      if (lost?.ownsSpan) lost.span.end();
    }
    this.#runs.set(runId, run);
  }

  take(runId: string): Run | undefined {
    const run = this.#runs.get(runId);
    this.#runs.delete(runId);
    return run;
  }

  /** Removes the runs of `owner`; the innermost come first, so that children end before their parents. */
  takeAll(owner: object): Run[] {
    const own = [...this.#runs].filter(([, run]) => run.owner === owner).reverse();
    return own.map(([runId, run]) => {
      this.#runs.delete(runId);
      return run;
    });
  }
}

/**
 * The runs of all handlers in this process: a run that several handlers see is recorded once, and user code finds the span of
 * the run it is in, whichever handler made it.
 */
export const openRuns = new RunMap();
