import {
  type CallOptions,
  type CallRecorder,
  isControlledStream,
  type MethodWrapper,
  observeStream,
  recordPromise,
  wrapMethods,
} from "mlflow-tracing";
import type { CheckId } from "../../checks/index.js";
import type { ToyClient, ToyPart, ToyStream } from "../toy-client.js";
import { startToyCall, ToyAccumulator } from "../traced-toy.js";

/** An integration with one mistake, as mistakes are made in practice, and the checks that have to find it. */
export interface Mistake {
  readonly mistake: string;
  readonly found: readonly CheckId[];
  readonly wrap: (client: ToyClient) => ToyClient;
}

/** Ends the span with what came: an answer or a stream. */
export type Ending = (recorder: CallRecorder, value: unknown) => void;

export const properEnding: Ending = (recorder, value) => {
  if (isControlledStream(value)) observeStream(value, recorder, new ToyAccumulator());
  else recorder.finish(value);
};

export const wrapCreate = (wrapper: MethodWrapper) => (client: ToyClient) =>
  wrapMethods(client, { "chat.create": wrapper });

/** Records calls properly, but for how their spans start or end. */
export function recordWith(start: Partial<CallOptions>, end: Ending = properEnding): (client: ToyClient) => ToyClient {
  return wrapCreate((call, args) => {
    const recorder = startToyCall(args[0], start);
    if (!recorder) return call(...args);
    const source = recorder.run(() => call(...args));
    return recordAnswer(source, recorder, end);
  });
}

export function recordAnswer(source: unknown, recorder: CallRecorder, end: Ending = properEnding): unknown {
  return recordPromise(source, recorder, { received: (value) => end(recorder, value) });
}

/** Records calls properly, but for how streams are read. */
export function readWith(
  read: (recorder: CallRecorder, parts: AsyncIterable<ToyPart>) => AsyncGenerator<ToyPart>,
): (client: ToyClient) => ToyClient {
  return recordWith({}, (recorder, value) => {
    if (!isControlledStream(value)) {
      recorder.finish(value);
      return;
    }
    const stream = value as unknown as ToyStream;
    const iterate = stream[Symbol.asyncIterator].bind(stream);
    Object.defineProperty(stream, Symbol.asyncIterator, {
      value: () => read(recorder, { [Symbol.asyncIterator]: iterate }),
    });
  });
}
