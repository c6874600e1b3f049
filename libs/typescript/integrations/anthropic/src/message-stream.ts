import type { CallRecorder } from "mlflow-tracing";

/** The client's stream helper, as far as it is needed; all of it public. */
interface MessageStream {
  readonly receivedMessages: readonly unknown[];
  readonly currentMessage: unknown;
  readonly errored: boolean;
  readonly aborted: boolean;
  on(event: "end", listener: () => void): unknown;
  done(): Promise<void>;
}

/**
 * Ends the span when the stream helper comes to its end, in whatever way it is read. Listens to `end` alone: a listener for
 * `error` or `abort` would keep the helper from reporting a failure that the program does not handle.
 */
export function observeMessageStream(stream: unknown, recorder: CallRecorder): void {
  const helper = stream as MessageStream;
  if (typeof helper?.on !== "function") {
    recorder.finish();
    return;
  }
  helper.on("end", () => ended(helper, recorder));
}

function ended(helper: MessageStream, recorder: CallRecorder): void {
  const last = withoutAdditions(helper.receivedMessages.at(-1) ?? helper.currentMessage);
  const leftEarly = helper.aborted && last !== undefined;
  if (leftEarly || !helper.errored) {
    recorder.finish(last);
    return;
  }
  // The helper is at its end already, so this only fetches the error and takes it from nobody.
  helper.done().then(
    () => recorder.finish(last),
    (error: unknown) => recorder.fail(error, last),
  );
}

/** The helper adds `parsed_output: null` to messages that nobody wanted parsed, and fields that the API did not send. */
function withoutAdditions(message: unknown): unknown {
  if (typeof message !== "object" || message === null) return undefined;
  const isEmpty = (key: string, value: unknown) => value === undefined || (key === "parsed_output" && value === null);
  return Object.fromEntries(Object.entries(message).filter(([key, value]) => !isEmpty(key, value)));
}
