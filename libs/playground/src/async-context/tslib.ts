/**
 * The runtime library of lowered code: `tslib`, except for the functions that wait. Those of `tslib` open a thenable from
 * a job of the engine, where its context is lost, and let an async generator go on after it was closed inside `yield*`.
 */
import { AsyncGeneratorRun } from "./async-generator";
import { asyncIteratorOf, delegateTo } from "./async-iteration";
import { Awaited, type ResumeKind } from "./awaited";
import { carryFrame } from "./frame";

export * from "tslib";

type GeneratorFunction = (this: unknown, ...args: unknown[]) => Generator<unknown, unknown, unknown>;

/** Runs a generator as the body of an async function: it yields what it waits for. */
export function __awaiter(
  thisArg: unknown,
  args: ArrayLike<unknown> | undefined,
  PromiseClass: PromiseConstructor | undefined,
  body: GeneratorFunction,
): Promise<unknown> {
  return new (PromiseClass ?? Promise)((resolve, reject) => {
    const generator = Reflect.apply(body, thisArg, args ?? []);
    const advance = (kind: "next" | "throw", value: unknown): void => {
      try {
        const result = generator[kind](value);
        if (result.done) resolve(carryFrame(result.value));
        else waitFor(result.value);
      } catch (error) {
        reject(error);
      }
    };
    const onFulfilled = (value: unknown) => advance("next", value);
    const onRejected = (reason: unknown) => advance("throw", reason);
    const waitFor = (value: unknown): void => {
      let promise: Promise<unknown>;
      try {
        promise = Promise.resolve(value);
      } catch (error) {
        advance("throw", error);
        return;
      }
      promise.then(onFulfilled, onRejected);
    };
    advance("next", undefined);
  });
}

/** Marks a value that the body of an async generator waits for. */
export function __await(value: unknown): Awaited {
  return new Awaited(value);
}

/** Runs a generator as the body of an async generator. */
export function __asyncGenerator(
  thisArg: unknown,
  args: ArrayLike<unknown> | undefined,
  body: GeneratorFunction,
): AsyncGenerator<unknown, unknown, unknown> {
  const run = new AsyncGeneratorRun(Reflect.apply(body, thisArg, args ?? []));
  const { AsyncIterator } = globalThis as { AsyncIterator?: { prototype: object } };
  const generator = Object.create(AsyncIterator?.prototype ?? Object.prototype);
  const define = (key: string | symbol, value: unknown) => {
    Object.defineProperty(generator, key, { configurable: true, writable: true, value });
  };
  for (const kind of ["next", "throw", "return"] satisfies ResumeKind[]) {
    define(kind, (value: unknown) => run.request(kind, value));
  }
  define(Symbol.asyncIterator, () => generator);
  define(Symbol.toStringTag, "AsyncGenerator");
  return generator;
}

/** The iterator of `for await` and of `yield*` in an async generator. */
export function __asyncValues(iterable: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> {
  return asyncIteratorOf(iterable);
}

/** What `yield*` of an async generator delegates to. */
export function __asyncDelegator(inner: AsyncIterator<unknown>): Iterable<unknown> {
  return delegateTo(inner);
}
