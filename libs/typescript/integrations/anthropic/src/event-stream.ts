import type { CallRecorder } from "./call-recorder.js";
import { MessageAccumulator } from "./message-accumulator.js";

/** The client's stream of server events, as far as it is needed. */
export interface EventStream {
  readonly controller: AbortController;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

export function isEventStream(value: unknown): value is EventStream {
  if (typeof value !== "object" || value === null || !(Symbol.asyncIterator in value)) return false;
  return (value as Partial<EventStream>).controller?.signal instanceof AbortSignal;
}

/**
 * Follows the reading of `stream` and ends the span with it: exhausted, failed, left early or aborted. The stream stays what
 * it was, because only its iterator is replaced, on this one object: `tee()`, `toReadableStream()` and `controller` work on.
 */
export function observeEventStream(stream: EventStream, recorder: CallRecorder): void {
  const message = new MessageAccumulator();
  const { signal } = stream.controller;
  const iterate = stream[Symbol.asyncIterator];
  let reading = false;
  const finish = (): void => recorder.finish(message.snapshot());
  // The client aborts its own request when the reading fails or is left; the iterator knows better how that came about.
  const aborted = (): void => void (reading ? setTimeout(finish) : finish());
  const observed = function (this: EventStream): AsyncIterator<unknown> {
    reading = true;
    return observeIterator(iterate.call(this), message, recorder);
  };
  Object.defineProperty(stream, Symbol.asyncIterator, { value: observed, configurable: true, writable: true });
  if (signal.aborted) finish();
  else signal.addEventListener("abort", aborted, { once: true });
}

function observeIterator(
  source: AsyncIterator<unknown>,
  message: MessageAccumulator,
  recorder: CallRecorder,
): AsyncIterableIterator<unknown> {
  const step = async (advance: () => Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> => {
    try {
      const result = await advance();
      if (result.done) recorder.finish(message.snapshot());
      else message.add(result.value);
      return result;
    } catch (error) {
      recorder.fail(error, message.snapshot());
      throw error;
    }
  };
  const iterator: AsyncIterableIterator<unknown> = {
    next: () => step(() => source.next()),
    return: (value) => step(async () => (await source.return?.(value)) ?? { done: true, value }),
    throw: (error) => step(() => (source.throw ? source.throw(error) : Promise.reject(error))),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
