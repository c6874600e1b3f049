import type { LiveSpan } from "../entities/live-span.js";
import { withActiveSpan } from "./active-span.js";
import { endWithError, endWithOutputs } from "./end-span.js";
import { isPromise } from "./is-promise.js";

/** Items of one generator that are kept for the span's outputs; the rest is counted. */
const MAX_ITEMS = 10_000;

type AnyGenerator = Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;

/** Whether `value` is the running object of a generator function, sync or async. */
export function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { next, return: close, throw: fail } = value as Record<string, unknown>;
    const steps = [next, close, fail].every((step) => typeof step === "function");
    return steps && (Symbol.asyncIterator in value || Symbol.iterator in value);
  } catch {
    return false;
  }
}

/**
 * A generator that behaves as `source` does, while `span` covers it from now to its end: exhausted, failed, or left early by
 * the consumer, which closes `source`. The body runs with `span` active. Outputs are the items that came.
 */
export function traceGenerator(span: LiveSpan, source: AnyGenerator): AnyGenerator {
  const recorder = new GeneratorRecorder(span);
  const step = (method: "next" | "return" | "throw") =>
    function (this: unknown, ...args: unknown[]): unknown {
      const advance: unknown = source[method];
      const run = () => Reflect.apply(advance as () => unknown, source, args);
      return recorder.step(() => withActiveSpan(span, run), method === "return");
    };
  const traced = Object.create(Object.getPrototypeOf(source)) as AnyGenerator;
  Object.defineProperties(traced, {
    next: { value: step("next"), configurable: true, writable: true },
    return: { value: step("return"), configurable: true, writable: true },
    throw: { value: step("throw"), configurable: true, writable: true },
  });
  const iterator = Symbol.asyncIterator in source ? Symbol.asyncIterator : Symbol.iterator;
  Object.defineProperty(traced, iterator, { value: () => traced, configurable: true });
  return traced;
}

class GeneratorRecorder {
  readonly #span: LiveSpan;
  readonly #items: unknown[] = [];
  #dropped = 0;

  constructor(span: LiveSpan) {
    this.#span = span;
  }

  step(advance: () => unknown, closing: boolean): unknown {
    try {
      const result = advance();
      if (!isPromise(result)) return this.#seen(result, closing);
      return result.then(
        (value: unknown) => this.#seen(value, closing),
        (error: unknown) => {
          endWithError(this.#span, error);
          throw error;
        },
      );
    } catch (error) {
      endWithError(this.#span, error);
      throw error;
    }
  }

  #seen(result: unknown, closing: boolean): unknown {
    const { done, value } = (result ?? {}) as { done?: boolean; value?: unknown };
    if (done) this.#end(closing ? undefined : value);
    else if (this.#items.length < MAX_ITEMS) this.#items.push(value);
    else this.#dropped++;
    return result;
  }

  #end(returned: unknown): void {
    const rest = this.#dropped > 0 ? [`[${this.#dropped} more items]`] : [];
    const items = returned === undefined ? [...this.#items, ...rest] : [...this.#items, ...rest, returned];
    endWithOutputs(this.#span, items);
  }
}
