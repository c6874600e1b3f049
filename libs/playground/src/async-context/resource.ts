import { currentFrame, type Frame, runInFrame } from "./frame";

/** The program's first job, as in Node.js. */
const ROOT_ID = 1;

let lastId = ROOT_ID;
let executionId = ROOT_ID;
let triggerId = 0;

/** The number of the resource whose scope runs, else 1. */
export function executionAsyncId(): number {
  return executionId;
}

/** The number of the resource that caused the running scope, else 0. */
export function triggerAsyncId(): number {
  return triggerId;
}

export interface AsyncResourceOptions {
  readonly triggerAsyncId?: number;
  /** Accepted for compatibility; nothing has to be destroyed. */
  readonly requireManualDestroy?: boolean;
}

/**
 * Keeps the context of its construction for callbacks that come later, with the interface of `AsyncResource` in `node:async_hooks`.
 *
 * @example
 * const job = new AsyncResource("Job");
 * pool.onIdle(() => job.runInAsyncScope(work));
 */
export class AsyncResource {
  readonly #frame: Frame = currentFrame();
  readonly #id: number;
  readonly #trigger: number;

  /** @throws TypeError when `type` is not a string. */
  constructor(type: string, options: number | AsyncResourceOptions = {}) {
    if (typeof type !== "string")
      throw new TypeError(`The type of an AsyncResource must be a string, not ${typeof type}`);
    lastId += 1;
    this.#id = lastId;
    this.#trigger = (typeof options === "number" ? options : options.triggerAsyncId) ?? executionId;
  }

  /** `callback` bound to the context of this call. */
  static bind<This, Args extends unknown[], Result>(
    callback: (this: This, ...args: Args) => Result,
    type?: string,
    thisArg?: This,
  ): (this: This, ...args: Args) => Result {
    return new AsyncResource(type || callback.name || "bound-anonymous-fn").bind(callback, thisArg);
  }

  /** `callback` bound to this resource's context; without `thisArg` it keeps the receiver that it is called with. */
  bind<This, Args extends unknown[], Result>(
    callback: (this: This, ...args: Args) => Result,
    thisArg?: This,
  ): (this: This, ...args: Args) => Result {
    const resource = this;
    return function bound(this: This, ...args: Args): Result {
      return resource.runInAsyncScope(callback, thisArg ?? this, ...args);
    };
  }

  /** Calls `callback` in this resource's context. */
  runInAsyncScope<This, Args extends unknown[], Result>(
    callback: (this: This, ...args: Args) => Result,
    thisArg?: This,
    ...args: Args
  ): Result {
    const outer = [executionId, triggerId] as const;
    [executionId, triggerId] = [this.#id, this.#trigger];
    try {
      return runInFrame(this.#frame, callback, thisArg as This, ...args);
    } finally {
      [executionId, triggerId] = outer;
    }
  }

  asyncId(): number {
    return this.#id;
  }

  triggerAsyncId(): number {
    return this.#trigger;
  }

  /** Does nothing: there are no hooks to tell. */
  emitDestroy(): this {
    return this;
  }
}
