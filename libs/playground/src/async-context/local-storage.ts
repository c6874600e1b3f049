import { bindToFrame, currentFrame, enterFrame, type Frame, runInFrame } from "./frame";

export interface AsyncLocalStorageOptions<T> {
  /** What `getStore` answers where no store was set. */
  readonly defaultValue?: T;
  readonly name?: string;
}

/**
 * A value that follows a program through its asynchronous calls, with the interface of `AsyncLocalStorage` in `node:async_hooks`.
 * It needs `installAsyncContext` and code whose async functions were lowered to generators.
 *
 * @example
 * const user = new AsyncLocalStorage<string>();
 * await user.run("ada", async () => {
 *   await fetch(url);
 *   user.getStore(); // "ada"
 * });
 */
export class AsyncLocalStorage<T> {
  readonly name: string;
  readonly #defaultValue: T | undefined;
  /** Replaced by `disable`, which thereby leaves every store behind. */
  #key: object = {};

  constructor(options: AsyncLocalStorageOptions<T> = {}) {
    this.name = options.name ?? "";
    this.#defaultValue = options.defaultValue;
  }

  /** A function that always runs in the context of this call. */
  static bind<This, Args extends unknown[], Result>(
    callback: (this: This, ...args: Args) => Result,
  ): (this: This, ...args: Args) => Result {
    return bindToFrame(currentFrame(), callback);
  }

  /** A function that calls its first argument, with the others, in the context of this call. */
  static snapshot(): <Args extends unknown[], Result>(callback: (...args: Args) => Result, ...args: Args) => Result {
    const frame = currentFrame();
    return (callback, ...args) => runInFrame(frame, callback, undefined, ...args);
  }

  /** The store of the running code. */
  getStore(): T | undefined {
    const frame = currentFrame();
    if (frame === undefined || !frame.has(this.#key)) return this.#defaultValue;
    return frame.get(this.#key) as T | undefined;
  }

  /** Calls `callback` with `store` set, for it and everything that it starts. Gives back what it returns. */
  run<Args extends unknown[], Result>(store: T, callback: (...args: Args) => Result, ...args: Args): Result {
    return runInFrame(this.#frameWith(store), callback, undefined, ...args);
  }

  /** Calls `callback` with no store set. */
  exit<Args extends unknown[], Result>(callback: (...args: Args) => Result, ...args: Args): Result {
    return runInFrame(this.#frameWith(undefined), callback, undefined, ...args);
  }

  /** Sets the store for the rest of the running callback and everything started after. Prefer `run`. */
  enterWith(store: T): void {
    enterFrame(this.#frameWith(store));
  }

  /** Forgets every store, also where one is set now; `run` and `enterWith` set new ones. */
  disable(): void {
    this.#key = {};
  }

  #frameWith(store: T | undefined): Frame {
    const next = new Map(currentFrame());
    if (store === undefined && this.#defaultValue === undefined) next.delete(this.#key);
    else next.set(this.#key, store);
    return next.size === 0 ? undefined : next;
  }
}
