import type { CallRecorder } from "./call-recorder.js";

/** What clients' promises may have besides `then`: the HTTP answer itself, with or without the parsed one. */
interface ApiPromise extends Promise<unknown> {
  withResponse?(): Promise<unknown>;
  asResponse?(): Promise<unknown>;
}

/**
 * A view of a client's promise that ends the span when somebody takes the result out of it. Clients read the body only when
 * asked to, so nothing is taken before that: `asResponse()` still gets an unread body, and its span has no outputs. All other
 * members of the promise are as they were.
 *
 * @param received takes the result, e.g. to follow a stream; ends the span with the result by default
 * @returns a view with the type of `source`
 */
export function recordPromise<P>(
  source: P,
  recorder: CallRecorder,
  received: (value: unknown) => void = (value) => recorder.finish(value),
): P {
  const promise = source as unknown as ApiPromise;
  const replaced = replacedMembers(promise, recorder, received);
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
  received: (value: unknown) => void,
): Record<PropertyKey, unknown> {
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
  return {
    // biome-ignore lint/suspicious/noThenProperty: this is a view of a promise
    then: (...args: Parameters<Promise<unknown>["then"]>) => parse().then(...args),
    catch: (...args: Parameters<Promise<unknown>["catch"]>) => parse().catch(...args),
    finally: (...args: Parameters<Promise<unknown>["finally"]>) => parse().finally(...args),
    withResponse,
    asResponse,
  };
}
