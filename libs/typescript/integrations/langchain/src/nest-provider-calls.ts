import { inRun } from "./run-context.js";

type Method = (...args: unknown[]) => unknown;

/** Methods that a model or retriever implements, and that LangChain calls with the manager of the run. */
const IMPLEMENTED = ["_generate", "_call", "_streamResponseChunks", "_getRelevantDocuments"] as const;
/** Methods that give another model with the same implementation. */
const DERIVING = ["withConfig", "bindTools", "withStructuredOutput"] as const;

const prepared = new WeakSet<object>();

/**
 * Lets what `model` does for a run nest under the span of that run: the calls of a traced provider client that it uses, and
 * traced functions of a model or retriever that you wrote. LangChain calls them outside of what a callback can reach, so the
 * methods of this one object are wrapped; models made from it by `bindTools` and the like are prepared as well.
 *
 * @returns `model` itself
 * @example
 * const model = nestProviderCalls(new ChatAnthropic({ createClient: (options) => tracedAnthropic(new Anthropic(options)) }));
 */
export function nestProviderCalls<T extends object>(model: T): T {
  if (prepared.has(model)) return model;
  prepared.add(model);
  for (const key of IMPLEMENTED) if (isImplemented(model, key)) wrap(model, key, inOwnRun);
  for (const key of DERIVING) wrap(model, key, prepareResult);
  return model;
}

function wrap(target: object, key: string, wrapper: (self: unknown, method: Method, args: unknown[]) => unknown): void {
  const method: unknown = Reflect.get(target, key);
  if (typeof method !== "function") return;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    return wrapper(this, method as Method, args);
  };
  Object.defineProperty(target, key, { value: wrapped, configurable: true, writable: true });
}

/** LangChain's base class has a streaming method that only fails, and tells by its identity that there is no streaming. */
function isImplemented(target: object, key: string): boolean {
  let owner: object | null = target;
  while (owner && !Object.hasOwn(owner, key)) owner = Object.getPrototypeOf(owner);
  return owner !== null && !Object.hasOwn(owner, "_generateUncached");
}

function inOwnRun(self: unknown, method: Method, args: unknown[]): unknown {
  const runId = args.map((arg) => (arg as { runId?: unknown } | undefined)?.runId).find(isRunId);
  const result = inRun(runId, () => Reflect.apply(method, self, args))();
  return runId !== undefined && isAsyncGenerator(result) ? stepsInRun(runId, result) : result;
}

function isRunId(value: unknown): value is string {
  return typeof value === "string";
}

function isAsyncGenerator(value: unknown): value is AsyncGenerator<unknown> {
  return typeof (value as AsyncGenerator | undefined)?.[Symbol.asyncIterator] === "function" && "next" in Object(value);
}

/** A generator does its work when it is asked for the next part. */
function stepsInRun(runId: string, source: AsyncGenerator<unknown>): AsyncIterableIterator<unknown> {
  const steps: AsyncIterableIterator<unknown> = {
    next: () => inRun(runId, () => source.next())(),
    return: (value) => inRun(runId, () => source.return(value))(),
    throw: (error) => inRun(runId, () => source.throw(error))(),
    [Symbol.asyncIterator]: () => steps,
  };
  return steps;
}

/** A model with other options is a new one, or a binding around one. */
function prepareResult(self: unknown, method: Method, args: unknown[]): unknown {
  const result = Reflect.apply(method, self, args);
  const { bound } = Object(result) as { bound?: unknown };
  for (const candidate of [result, bound]) {
    if (typeof candidate === "object" && candidate !== null && "_generate" in candidate) nestProviderCalls(candidate);
  }
  return result;
}
