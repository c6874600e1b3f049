import type { LiveSpan } from "../entities/live-span.js";
import { withActiveSpan } from "./active-span.js";
import { endWithError, endWithOutputs } from "./end-span.js";
import { isPromise } from "./is-promise.js";
import { isGenerator, traceGenerator } from "./traced-generator.js";

/**
 * Runs `call` within `span` and ends the span with its outcome: when it returns or throws, when its promise settles, or when
 * its generator is exhausted or left. What comes out is what `call` gave, the very same error included.
 */
export function recordCall<T>(span: LiveSpan, call: () => T): T {
  let result: T;
  try {
    result = withActiveSpan(span, call);
  } catch (error) {
    endWithError(span, error);
    throw error;
  }
  if (isPromise(result)) return recordPromise(span, result) as T;
  if (isGenerator(result)) return traceGenerator(span, result) as T;
  endWithOutputs(span, result);
  return result;
}

function recordPromise<T>(span: LiveSpan, promise: Promise<T>): Promise<T> {
  return promise.then(
    (value) => {
      endWithOutputs(span, value);
      return value;
    },
    (error: unknown) => {
      endWithError(span, error);
      throw error;
    },
  );
}
