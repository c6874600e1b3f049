import { type Context, type ContextManager, ROOT_CONTEXT } from "@opentelemetry/api";

/**
 * Keeps the active context on the call stack.
 *
 * Limitation: a browser has no `AsyncLocalStorage`, so what runs after an `await` no longer sees the span that was active
 * before it. Pass `parent` to `startSpan` there, or install an `AsyncLocalStorage` on `globalThis` before `init`.
 */
export class StackContextManager implements ContextManager {
  #current: Context = ROOT_CONTEXT;

  active(): Context {
    return this.#current;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    const previous = this.#current;
    this.#current = context ?? ROOT_CONTEXT;
    try {
      return fn.call(thisArg, ...args) as ReturnType<F>;
    } finally {
      this.#current = previous;
    }
  }

  bind<T>(context: Context, target: T): T {
    if (typeof target !== "function") return target;
    const run = (self: unknown, args: unknown[]) => this.with(context, () => Reflect.apply(target, self, args));
    return function (this: unknown, ...args: unknown[]): unknown {
      return run(this, args);
    } as T;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    this.#current = ROOT_CONTEXT;
    return this;
  }
}
