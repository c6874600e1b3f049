import { SPAN_FUNCTION_NAME } from "../attribute-keys.js";
import type { SpanType } from "../constants.js";
import { guarded } from "../diagnostics.js";
import { NoOpSpan } from "../entities/no-op-span.js";
import { namedArguments } from "./arguments.js";
import { recordCall } from "./record-call.js";
import { startSpan } from "./start-span.js";

/** What the spans of a traced function have in common. */
export interface TraceOptions {
  /** Name of the spans; the function's name by default. */
  name?: string;
  spanType?: SpanType;
  attributes?: Record<string, unknown>;
}

type AnyFunction = (...args: never[]) => unknown;

/** Decorates a method, in the standard dialect of decorators and in TypeScript's older one. */
export interface TraceDecorator {
  <T extends AnyFunction>(method: T, context: { readonly name: string | symbol; readonly kind: string }): T;
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): TypedPropertyDescriptor<T>;
}

/**
 * A function that does what `func` does and records a span for each call: inputs by parameter name, outputs, error. Sync
 * functions stay sync; `this`, `name`, `length` and own properties are kept. Without a function, a method decorator.
 *
 * @example
 * const getWeather = trace(async (city: string) => fetchWeather(city), { name: "get_weather", spanType: SpanType.TOOL });
 * @example
 * class Agent {
 *   @trace({ spanType: SpanType.AGENT })
 *   async run(goal: string) { … }
 * }
 */
export function trace<T extends AnyFunction>(func: T, options?: TraceOptions): T;
export function trace(options?: TraceOptions): TraceDecorator;
export function trace<T extends AnyFunction>(first?: T | TraceOptions, options: TraceOptions = {}): T | TraceDecorator {
  return typeof first === "function" ? traceFunction(first, options) : decorator(first ?? {});
}

function traceFunction<T extends AnyFunction>(func: T, options: TraceOptions, fallbackName = ""): T {
  const functionName = func.name;
  const name = options.name || functionName || fallbackName;
  const traced = function (this: unknown, ...args: unknown[]): unknown {
    const span = startSpan({ ...options, name });
    if (!(span instanceof NoOpSpan)) {
      if (functionName) span.setAttribute(SPAN_FUNCTION_NAME, functionName);
      span.setInputs(guarded("Failed to name the arguments of a function", () => namedArguments(func, args), { args }));
    }
    return recordCall(span, () => Reflect.apply(func, this, args));
  };
  return guarded(
    "Failed to copy the properties of a traced function",
    () => dressAs(traced, func),
    traced as unknown as T,
  );
}

function dressAs<T extends AnyFunction>(traced: object, original: T): T {
  Object.assign(traced, original);
  Object.defineProperty(traced, "name", { value: original.name, configurable: true });
  Object.defineProperty(traced, "length", { value: original.length, configurable: true });
  return traced as T;
}

function decorator(options: TraceOptions): TraceDecorator {
  function decorate(target: unknown, key: unknown, descriptor?: PropertyDescriptor): unknown {
    if (!descriptor) {
      const { name } = key as { name: string | symbol };
      return traceFunction(target as AnyFunction, options, String(name));
    }
    if (typeof descriptor.value === "function") {
      descriptor.value = traceFunction(descriptor.value as AnyFunction, options, String(key));
    }
    return descriptor;
  }
  return decorate as TraceDecorator;
}
