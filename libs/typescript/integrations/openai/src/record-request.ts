import { type CallRecorder, isControlledStream, type MethodWrapper, recordPromise } from "mlflow-tracing";
import type { ApiCall } from "./api-calls.js";
import { failWithAnswer, finishWithAnswer, observeAnswer } from "./recorded-answer.js";
import { optionsWithTraceparent } from "./traceparent.js";

/** What differs between the calls of one client. */
export interface RequestRecording {
  /** Starts the span of a request; `undefined` when nothing is recorded. */
  start(apiCall: ApiCall, request: unknown): CallRecorder | undefined;
  /** Whether the span's context goes out with requests now. */
  sendsTraceparent(): boolean;
}

/** Records each call of a method that sends a request: `create(request, options)`. */
export function recordRequest(apiCall: ApiCall, { start, sendsTraceparent }: RequestRecording): MethodWrapper {
  return (call, args) => {
    const recorder = start(apiCall, args[0]);
    if (!recorder) return call(...args);
    const received = (value: unknown): void => {
      if (isControlledStream(value)) observeAnswer(value, recorder, apiCall.accumulate());
      else finishWithAnswer(recorder, value);
    };
    const [request, options, ...others] = args;
    const sent = sendsTraceparent() ? [request, optionsWithTraceparent(options, recorder.span), ...others] : args;
    return recordPromise(
      recorder.run(() => call(...sent)),
      recorder,
      { received, rejected: (error, answer) => failWithAnswer(recorder, error, answer) },
    );
  };
}
