import type { Context, ContextManager } from "@opentelemetry/api";
import { ROOT_CONTEXT } from "../otel/api.js";

/** The part of Node's `AsyncLocalStorage` that is needed; browsers' polyfills have it too, and so has their call stack. */
export interface AsyncStorage {
  getStore(): Context | undefined;
  run<R>(store: Context, callback: () => R): R;
}

/**
 * Keeps the active context in a storage; in an `AsyncLocalStorage` it survives `await`, timers and promises.
 * Event emitters are not patched by `bind`: their listeners run in whatever context emits.
 */
export class AsyncStorageContextManager implements ContextManager {
  readonly #storage: AsyncStorage;

  constructor(storage: AsyncStorage) {
    this.#storage = storage;
  }

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(context ?? ROOT_CONTEXT, () => fn.call(thisArg, ...args) as ReturnType<F>);
  }

  bind<T>(context: Context, target: T): T {
    if (typeof target !== "function") return target;
    const run = (self: unknown, args: unknown[]) => this.with(context, () => Reflect.apply(target, self, args));
    const bound = function (this: unknown, ...args: unknown[]): unknown {
      return run(this, args);
    };
    Object.defineProperty(bound, "length", { value: target.length, configurable: true });
    return bound as T;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
