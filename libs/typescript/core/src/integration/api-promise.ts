import type { CallRecorder } from "./call-recorder.js";

/** What clients' promises may have besides `then`. */
interface ApiPromise extends Promise<unknown> {
  /** The HTTP answer itself, with or without the parsed one. */
  withResponse?(): Promise<unknown>;
  asResponse?(): Promise<unknown>;
  /** The same promise for something that is made of the answer, which helpers such as `parse` call before it is read. */
  _thenUnwrap?(transform: Transform): ApiPromise;
}

type Transform = (value: unknown, props: unknown) => unknown;

/** What is done with the result of a recorded promise. */
export interface ApiPromiseReceiver {
  /** Takes the result, e.g. to follow a stream; ends the span with the result by default. */
  received?: (value: unknown) => void;
  /** The answer came, but the client could not make of it what the caller wants; ends the span as failed by default. */
  rejected?: (error: unknown, answer: unknown) => void;
}

/**
 * A view of a client's promise that ends the span when somebody takes the result out of it. Clients read the body only when
 * asked to, so nothing is taken before that: `asResponse()` still gets an unread body, and its span has no outputs. All other
 * members of the promise are as they were.
 *
 * @returns a view with the type of `source`
 * @example return recordPromise(recorder.run(() => client.chat.completions.create(request)), recorder);
 */
export function recordPromise<P>(source: P, recorder: CallRecorder, receiver: ApiPromiseReceiver = {}): P {
  const promise = source as unknown as ApiPromise;
  const replaced = replacedMembers(promise, recorder, receiver);
  return new Proxy(promise, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function" || key === "constructor") return value;
      return Object.hasOwn(replaced, key) ? replaced[key] : value.bind(target);
    },
  }) as unknown as P;
}

function replacedMembers(
  source: ApiPromise,
  recorder: CallRecorder,
  receiver: ApiPromiseReceiver,
): Record<PropertyKey, unknown> {
  const {
    received = (value: unknown) => recorder.finish(value),
    rejected = (error: unknown, answer: unknown) => recorder.fail(error, answer),
  } = receiver;
  let parsed: Promise<unknown> | undefined;
  const failed = (error: unknown): never => {
    recorder.fail(error);
    throw error;
  };
  const take = (value: unknown): unknown => {
    received(value);
    return value;
  };
  const parse = (): Promise<unknown> => {
    parsed ??= source.then(take, failed);
    return parsed;
  };
  const withResponse = async (): Promise<unknown> => (await Promise.all([source.withResponse?.(), parse()]))[0];
  const asResponse = async (): Promise<unknown> => {
    const response = await source.asResponse?.().catch(failed);
    if (!parsed) recorder.finish();
    return response;
  };
  const attempt =
    (transform: Transform): Transform =>
    (value, props) => {
      try {
        return transform(value, props);
      } catch (error) {
        rejected(error, value);
        throw error;
      }
    };
  const unwrapped = (transform: Transform): unknown =>
    recordPromise(source._thenUnwrap?.(attempt(transform)), recorder, receiver);
  return {
    _thenUnwrap: unwrapped,
    // biome-ignore lint/suspicious/noThenProperty: this is a view of a promise
    then: (...args: Parameters<Promise<unknown>["then"]>) => parse().then(...args),
    catch: (...args: Parameters<Promise<unknown>["catch"]>) => parse().catch(...args),
    finally: (...args: Parameters<Promise<unknown>["finally"]>) => parse().finally(...args),
    withResponse,
    asResponse,
  };
}
