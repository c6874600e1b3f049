import { type CallRecorder, observeIterator } from "mlflow-tracing";
import { takeResult } from "./record-result.js";
import { ResponseAccumulator } from "./response-accumulator.js";

/** Ends the span with the reading of the stream that the client's promise comes to, or with its failure. */
export function recordStream(result: unknown, recorder: CallRecorder, request: unknown): Promise<unknown> {
  return takeResult(result, recorder, (stream) => {
    if (!isAsyncIterator(stream)) {
      recorder.finish();
      return stream;
    }
    return observeResponses(stream, recorder, abortSignal(request));
  });
}

/**
 * Follows the reading of `stream` and ends the span with it: exhausted, failed, left early, or aborted and read no more. An
 * abort that the reader notices is the failure that the client makes of it.
 */
function observeResponses(
  stream: AsyncIterator<unknown>,
  recorder: CallRecorder,
  signal: AbortSignal | undefined,
): AsyncIterator<unknown> {
  const answer = new ResponseAccumulator();
  const observed = observeIterator(stream, recorder, answer);
  let steps = 0;
  const aborted = (): void => {
    // A reader that goes on finds out by itself, and what it sees is what counts.
    setTimeout(() => {
      if (steps === 0) recorder.finish(answer.snapshot());
    });
  };
  const step = async <T>(result: Promise<T>): Promise<T> => {
    steps++;
    try {
      return await result;
    } finally {
      steps--;
      if (recorder.ended) signal?.removeEventListener("abort", aborted);
    }
  };
  signal?.addEventListener("abort", aborted, { once: true });
  const iterator: AsyncIterableIterator<unknown> = {
    next: () => step(observed.next()),
    return: (value) => step(leave(observed, value)),
    throw: (error) => step(observed.throw?.(error) ?? Promise.reject(error)),
    [Symbol.asyncIterator]: () => iterator,
  };
  return disposable(iterator, stream);
}

function abortSignal(request: unknown): AbortSignal | undefined {
  try {
    const signal = (request as { config?: { abortSignal?: unknown } }).config?.abortSignal;
    return signal instanceof AbortSignal ? signal : undefined;
  } catch {
    return undefined;
  }
}

async function leave(iterator: AsyncIterator<unknown>, value: unknown): Promise<IteratorResult<unknown>> {
  return (await iterator.return?.(await value)) ?? { done: true, value: undefined };
}

/** Where generators can be used with `await using`, the iterator in their place can be too. */
function disposable(iterator: AsyncIterator<unknown>, source: object): AsyncIterator<unknown> {
  const key: unknown = Reflect.get(Symbol, "asyncDispose");
  if (typeof key !== "symbol" || !(key in source)) return iterator;
  const dispose = async (): Promise<void> => void (await iterator.return?.());
  return Object.defineProperty(iterator, key, { value: dispose, configurable: true, writable: true });
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof (value as { next?: unknown } | null | undefined)?.next === "function";
}
