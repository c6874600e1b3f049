import type { CallRecorder } from "mlflow-tracing";
import { recordedResponse } from "./recorded-request.js";

/**
 * Ends the span with what the client's promise comes to. The client's methods start at once and give ordinary promises, so
 * the span ends whether or not anybody waits.
 */
export function recordResult(result: unknown, recorder: CallRecorder): Promise<unknown> {
  return takeResult(result, recorder, (value) => {
    recorder.finish(recordedResponse(value));
    return value;
  });
}

/** As {@link recordResult}, where `received` takes the result, sees to the end of the span, and gives what the caller gets. */
export function takeResult(
  result: unknown,
  recorder: CallRecorder,
  received: (value: unknown) => unknown,
): Promise<unknown> {
  return Promise.resolve(result).then(received, (error: unknown) => {
    recorder.fail(error);
    throw error;
  });
}
