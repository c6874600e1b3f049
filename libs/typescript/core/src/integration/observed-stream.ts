import { guarded } from "../diagnostics.js";
import type { CallRecorder } from "./call-recorder.js";

/** Puts the parts of a streamed answer together. */
export interface StreamAccumulator {
  /** Takes in one part; what it throws is reported and the part is left out of the recording. */
  add(part: unknown): void;
  /** The answer so far; `undefined` before its start. */
  snapshot(): unknown;
}

/** A client's stream of server events: iterable once, with the controller of its request. */
export interface ControlledStream {
  readonly controller: AbortController;
  /** Where `tee()` and the iteration both take their iterator from, in clients that have it. */
  iterator?: () => AsyncIterator<unknown>;
  /** Takes the parts one after the other. */
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

/**
 * Whether a value is a client's stream, by its shape.
 *
 * @example if (isControlledStream(answer)) observeStream(answer, recorder, new MessageAccumulator());
 */
export function isControlledStream(value: unknown): value is ControlledStream {
  if (typeof value !== "object" || value === null || !(Symbol.asyncIterator in value)) return false;
  return (value as Partial<ControlledStream>).controller?.signal instanceof AbortSignal;
}

/**
 * Follows the reading of `stream` and ends the span with it: exhausted, failed, left early or aborted. The stream stays what
 * it was, because only its iterator is replaced, on this one object: `tee()`, `toReadableStream()` and `controller` work on.
 *
 * @example
 * const received = (answer: unknown) =>
 *   isControlledStream(answer) ? observeStream(answer, recorder, new MessageAccumulator()) : recorder.finish(answer);
 * return recordPromise(recorder.run(() => call(request)), recorder, { received });
 */
export function observeStream(stream: ControlledStream, recorder: CallRecorder, answer: StreamAccumulator): void {
  const { signal } = stream.controller;
  const key = typeof stream.iterator === "function" ? "iterator" : Symbol.asyncIterator;
  const iterate = stream[key] as () => AsyncIterator<unknown>;
  let reading = false;
  const finish = (): void => recorder.finish(answer.snapshot());
  // Clients abort their own request when the reading fails or is left; the iterator knows better how that came about.
  const aborted = (): void => void (reading ? setTimeout(finish) : finish());
  const observed = function (this: ControlledStream): AsyncIterator<unknown> {
    reading = true;
    return observeIterator(iterate.call(this), recorder, answer);
  };
  Object.defineProperty(stream, key, { value: observed, configurable: true, writable: true });
  if (signal.aborted) finish();
  else signal.addEventListener("abort", aborted, { once: true });
}

/**
 * An iterator that gives what `source` gives and ends the span with it; for streams that are plain iterators.
 *
 * @example for await (const part of observeIterator(parts, recorder, new PartAccumulator())) console.log(part);
 */
export function observeIterator<T>(
  source: AsyncIterator<T>,
  recorder: CallRecorder,
  answer: StreamAccumulator,
): AsyncIterableIterator<T> {
  const step = async (advance: () => Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    try {
      const result = await advance();
      if (result.done) recorder.finish(answer.snapshot());
      else guarded("Failed to record a part of a stream", () => answer.add(result.value));
      return result;
    } catch (error) {
      recorder.fail(error, answer.snapshot());
      throw error;
    }
  };
  const left = (value: unknown): IteratorResult<T> => ({ done: true, value });
  const iterator: AsyncIterableIterator<T> = {
    next: () => step(() => source.next()),
    return: (value) => step(async () => (await source.return?.(value)) ?? left(value)),
    throw: (error) => step(() => (source.throw ? source.throw(error) : Promise.reject(error))),
    [Symbol.asyncIterator]: () => iterator,
  };
  return disposable(iterator, source);
}

/** Where generators can be used with `await using`, the iterator in their place can be too. */
function disposable<T extends AsyncIterator<unknown>>(iterator: T, source: object): T {
  const key: unknown = Reflect.get(Symbol, "asyncDispose");
  if (typeof key !== "symbol" || !(key in source)) return iterator;
  const dispose = async (): Promise<void> => void (await iterator.return?.());
  return Object.defineProperty(iterator, key, { value: dispose, configurable: true, writable: true });
}
