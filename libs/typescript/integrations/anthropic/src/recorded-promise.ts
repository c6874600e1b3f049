import type { CallRecorder } from "./call-recorder.js";
import { isEventStream, observeEventStream } from "./event-stream.js";

/** What the client's promises have besides `then`: the answer itself, parsed or not. */
interface ApiPromise extends Promise<unknown> {
  withResponse?(): Promise<unknown>;
  asResponse?(): Promise<unknown>;
}

/**
 * A view of the client's promise that ends the span when somebody takes the result out of it. The client reads the body only
 * when asked to, so nothing is taken before that: `asResponse()` still gets an unread body, and its span has no outputs.
 */
export function recordPromise(source: ApiPromise, recorder: CallRecorder): Promise<unknown> {
  let parsed: Promise<unknown> | undefined;
  const parse = (): Promise<unknown> => {
    parsed ??= source.then(
      (value) => received(value, recorder),
      (error: unknown) => failed(error, recorder),
    );
    return parsed;
  };
  const withResponse = async (): Promise<unknown> => (await Promise.all([source.withResponse?.(), parse()]))[0];
  const asResponse = async (): Promise<unknown> => {
    try {
      const response = await source.asResponse?.();
      if (!parsed) recorder.finish();
      return response;
    } catch (error) {
      return failed(error, recorder);
    }
  };
  const replaced: Record<PropertyKey, unknown> = {
    // biome-ignore lint/suspicious/noThenProperty: this is a view of a promise
    then: (...args: Parameters<Promise<unknown>["then"]>) => parse().then(...args),
    catch: (...args: Parameters<Promise<unknown>["catch"]>) => parse().catch(...args),
    finally: (...args: Parameters<Promise<unknown>["finally"]>) => parse().finally(...args),
    withResponse,
    asResponse,
  };
  return new Proxy(source, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function" || key === "constructor") return value;
      return Object.hasOwn(replaced, key) ? replaced[key] : value.bind(target);
    },
  });
}

function received(value: unknown, recorder: CallRecorder): unknown {
  if (isEventStream(value)) observeEventStream(value, recorder);
  else recorder.finish(value);
  return value;
}

function failed(error: unknown, recorder: CallRecorder): never {
  recorder.fail(error);
  throw error;
}
