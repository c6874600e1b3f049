import type { Context } from "@opentelemetry/api";
import type { AsyncStorage } from "../async-storage-context-manager.js";

/**
 * Keeps the active context on the call stack.
 *
 * Limitation: a browser has no `AsyncLocalStorage`, so what runs after an `await` no longer sees the span that was active
 * before it. Pass `parent` to `startSpan` there, or install an `AsyncLocalStorage` on `globalThis` before `init`.
 */
export class StackStorage implements AsyncStorage {
  #current: Context | undefined;

  getStore(): Context | undefined {
    return this.#current;
  }

  run<R>(store: Context, callback: () => R): R {
    const previous = this.#current;
    this.#current = store;
    try {
      return callback();
    } finally {
      this.#current = previous;
    }
  }
}
