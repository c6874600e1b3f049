import { Awaited } from "./awaited";

type Step = (value?: unknown) => unknown;

interface IteratorLike {
  next: Step;
  return?: Step | null;
  throw?: Step | null;
}

const NO_THROW = "The iterator does not provide a 'throw' method";

function requireObject(result: unknown): object {
  if (typeof result === "object" && result !== null) return result;
  if (typeof result === "function") return result;
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}

/** Closes without letting the closing's own failure hide the reason for it. */
function closeQuietly(iterator: IteratorLike): void {
  try {
    iterator.return?.();
  } catch {
    // The first failure counts.
  }
}

/** Waits for the value of a synchronous result; a rejected value closes the iterator, as nobody will ask it again. */
function settleResult(result: unknown, closing?: IteratorLike): Promise<IteratorResult<unknown>> {
  const { done, value } = requireObject(result) as IteratorResult<unknown>;
  return Promise.resolve(value).then(
    (settled) => ({ value: settled, done: Boolean(done) }) as IteratorResult<unknown>,
    (reason) => {
      if (!done && closing) closeQuietly(closing);
      throw reason;
    },
  );
}

/** A synchronous iterator seen as an asynchronous one: values that are promises are waited for. */
class AsyncFromSyncIterator implements AsyncIterator<unknown> {
  readonly #source: IteratorLike;
  readonly #next: Step;

  constructor(source: IteratorLike) {
    this.#source = source;
    this.#next = source.next;
  }

  next(...args: [] | [unknown]): Promise<IteratorResult<unknown>> {
    return attempt(() => settleResult(Reflect.apply(this.#next, this.#source, args), this.#source));
  }

  return(...args: [] | [unknown]): Promise<IteratorResult<unknown>> {
    return attempt(() => {
      const close = this.#source.return;
      if (close === undefined || close === null) return Promise.resolve({ value: args[0], done: true });
      return settleResult(Reflect.apply(close, this.#source, args));
    });
  }

  throw(...args: [] | [unknown]): Promise<IteratorResult<unknown>> {
    return attempt(() => {
      const raise = this.#source.throw;
      if (raise !== undefined && raise !== null) {
        return settleResult(Reflect.apply(raise, this.#source, args), this.#source);
      }
      closeQuietly(this.#source);
      throw new TypeError(NO_THROW);
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error);
  }
}

/** The async iterator of an iterable, asynchronous or not. @throws TypeError when it is neither. */
export function asyncIteratorOf(iterable: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> {
  const asynchronous = Reflect.get(Object(iterable), Symbol.asyncIterator, iterable) as Step | null | undefined;
  if (asynchronous !== undefined && asynchronous !== null) {
    return requireObject(Reflect.apply(asynchronous, iterable, [])) as AsyncIterator<unknown>;
  }
  const synchronous = (iterable as Iterable<unknown>)[Symbol.iterator]();
  return new AsyncFromSyncIterator(synchronous as IteratorLike);
}

/**
 * What `yield*` of a lowered async generator iterates. Each request takes two steps: the first yields an `Awaited` for
 * the answer of `inner`, the second, which gets that answer, passes it on as its own.
 */
export function delegateTo(inner: AsyncIterator<unknown>): Iterable<unknown> & IteratorLike {
  const source = inner as IteratorLike;
  const next = source.next;
  let answering = false;
  const step = (ask: Step, answer: Step, resumeWith: "next" | "return"): Step => {
    return (value) => {
      answering = !answering;
      return answering ? { value: new Awaited(ask(value), resumeWith), done: false } : answer(value);
    };
  };
  const same: Step = (answer) => answer;
  const delegate: Iterable<unknown> & IteratorLike = {
    next: step((value) => Reflect.apply(next, source, [value]), same, "next"),
    throw: step(
      (reason) => raiseIn(source, reason),
      (reason) => {
        throw reason;
      },
      "next",
    ),
    [Symbol.iterator]: () => delegate as unknown as Iterator<unknown>,
  };
  const close = source.return;
  if (close !== undefined && close !== null) {
    delegate.return = step((value) => Reflect.apply(close, source, [value]), same, "return");
  }
  return delegate;
}

/** Without `throw` the inner iterator is closed, and the protocol violation is what the program sees. */
function raiseIn(source: IteratorLike, reason: unknown): unknown {
  const raise = source.throw;
  if (raise !== undefined && raise !== null) return Reflect.apply(raise, source, [reason]);
  return Promise.resolve(source.return?.()).then(() => {
    throw new TypeError(NO_THROW);
  });
}
