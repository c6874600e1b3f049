import { MlflowConnectionError, MlflowHttpError } from "../client/http-error.js";

/** How long and how often a request is tried again. Times are milliseconds. */
export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  /** The first pause is random between 0 and this; each further one may be twice as long. */
  readonly baseMs: number;
  /** The longest pause, also when the server asks for a longer one. */
  readonly maxPauseMs: number;
  /** No try begins later than this after the first. */
  readonly totalMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMs: 500, maxPauseMs: 10_000, totalMs: 60_000 };

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Codes that come with status 500 and never go away by themselves. */
const PERMANENT = new Set(["FEATURE_DISABLED", "INVALID_STATE", "NOT_IMPLEMENTED"]);

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  if (error instanceof MlflowConnectionError) return true;
  if (!(error instanceof MlflowHttpError)) return false;
  // What a SQLite database answers that is locked for too long.
  if (error.status === 400) return error.errorCode === "BAD_REQUEST";
  return TRANSIENT.has(error.status) && !PERMANENT.has(error.errorCode ?? "");
}

interface Pause {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly end: () => void;
}

/** Tries requests again, with pauses that are random, grow, and can be cut short all at once. */
export class Retrier {
  readonly #policy: RetryPolicy;
  readonly #pauses = new Set<Pause>();
  #waiters = 0;

  constructor(policy: Partial<RetryPolicy> = {}) {
    this.#policy = { ...DEFAULT_RETRY, ...policy };
  }

  /** @throws what `attempt` throws last */
  async run<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { attempts, totalMs } = this.#policy;
    const deadline = Date.now() + totalMs;
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const pauseMs = this.#pauseMs(tries, error);
        const isLast = tries >= attempts || Date.now() + pauseMs > deadline;
        if (isLast || signal.aborted || !isTransient(error)) throw error;
        await this.#pause(pauseMs);
        if (signal.aborted) throw error;
      }
    }
  }

  /** Ends all pauses. */
  wake(): void {
    for (const { end } of [...this.#pauses]) end();
  }

  /** While somebody waits, pauses keep a Node.js process alive; otherwise they do not. @returns an undo */
  keepAlive(): () => void {
    this.#waiters++;
    for (const { timer } of this.#pauses) setAlive(timer, true);
    return () => {
      if (--this.#waiters === 0) for (const { timer } of this.#pauses) setAlive(timer, false);
    };
  }

  #pauseMs(tries: number, error: unknown): number {
    const { baseMs, maxPauseMs } = this.#policy;
    const backoff = Math.random() * Math.min(maxPauseMs, baseMs * 2 ** (tries - 1));
    const asked = (error instanceof MlflowHttpError && error.retryAfterMs) || 0;
    return Math.max(backoff, Math.min(asked, maxPauseMs));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(pause.timer);
        this.#pauses.delete(pause);
        resolve();
      };
      const pause = { timer: setTimeout(() => end(), ms), end };
      this.#pauses.add(pause);
      if (this.#waiters === 0) setAlive(pause.timer, false);
    });
  }
}

/** Timers of browsers are numbers, which keep nothing alive. */
function setAlive(timer: unknown, alive: boolean): void {
  const { ref, unref } = timer as { ref?(): void; unref?(): void };
  (alive ? ref : unref)?.call(timer);
}
