import { type MethodWrapper, wrapMethods } from "mlflow-tracing";
import { startMessagesCall } from "./start-call.js";

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * The wrapper of `parse`, which is `create` and then the reading of the answer. When that fails the span has both the error
 * and the message that could not be read, with its tokens.
 */
export function parseMessage(messages: object | undefined): MethodWrapper {
  return (call, args) => {
    const recorder = startMessagesCall(args[0]);
    if (!recorder) return call(...args);
    let message: unknown;
    const result = recorder.run(() => {
      if (!messages) return call(...args);
      const watched = watchCreate(messages, (value) => {
        message = value;
      });
      return Reflect.apply((messages as { parse: Method }).parse, watched, args);
    });
    return Promise.resolve(result).then(
      (parsed) => {
        recorder.finish(withoutEmpty(parsed));
        return parsed;
      },
      (error: unknown) => {
        recorder.fail(error, message);
        throw error;
      },
    );
  };
}

/** `messages` with a look at what its `create` comes to. */
function watchCreate(messages: object, received: (message: unknown) => void): object {
  return wrapMethods(messages, {
    create: (call, args) => {
      const answer = call(...args) as Promise<unknown>;
      answer.then(received, () => {});
      return answer;
    },
  });
}

/** The client adds `parsed_output: null` where the request has no format. */
function withoutEmpty(message: unknown): unknown {
  if (typeof message !== "object" || message === null) return message;
  return Object.fromEntries(
    Object.entries(message).filter(([key, value]) => key !== "parsed_output" || value !== null),
  );
}
