import { type Context, type ContextManager, context, ROOT_CONTEXT } from "@opentelemetry/api";
import { type LiveSpan, registerOnSpanStartHook, startSpan, tracingContext } from "mlflow-tracing";
import { startToyCall, tracedToy } from "../traced-toy.js";
import { type Mistake, properEnding, recordAnswer, recordWith, wrapCreate } from "./mistake.js";

/** A context that is entered and never left, as by `AsyncLocalStorage.enterWith`. */
class LeakyContextManager implements ContextManager {
  #active: Context;

  constructor(active: Context) {
    this.#active = active;
  }

  active(): Context {
    return this.#active;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    entered: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    this.#active = entered;
    return Reflect.apply(fn, thisArg, args);
  }

  bind<T>(_: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}

let lastStarted: LiveSpan | undefined;
registerOnSpanStartHook((span) => {
  if (span.parentId === null) lastStarted = span;
});

export const CONTEXT_MISTAKES: readonly Mistake[] = [
  {
    mistake: "starts a trace of its own in any case",
    found: ["nests-under-parent", "concurrent-calls"],
    wrap: wrapCreate((call, args) => {
      const recorder = context.with(ROOT_CONTEXT, () => startToyCall(args[0]));
      return recorder ? recordAnswer(call(...args), recorder) : call(...args);
    }),
  },
  {
    mistake: "puts all calls of a client into one trace",
    found: ["own-trace"],
    wrap: (client) => recordWith({ parent: startSpan({ name: "session" }) })(client),
  },
  {
    mistake: "leaves its span active",
    found: ["context-is-left-alone"],
    wrap: (client) => {
      const leaky = new LeakyContextManager(context.active());
      context.disable();
      context.setGlobalContextManager(leaky);
      return recordWith({})(client);
    },
  },
  {
    mistake: "takes the span that was started last for the parent",
    found: ["concurrent-calls"],
    wrap: wrapCreate((call, args) => {
      const recorder = startToyCall(args[0], lastStarted ? { parent: lastStarted } : {});
      return recorder ? recordAnswer(call(...args), recorder) : call(...args);
    }),
  },
  {
    mistake: "ends spans in a timer",
    found: ["ends-before-the-program-goes-on"],
    wrap: recordWith({}, (recorder, value) => void setTimeout(() => properEnding(recorder, value), 5)),
  },
  {
    mistake: "records where tracing is switched off",
    found: ["disabled"],
    wrap: (client) =>
      wrapCreate((call, args) => tracingContext({ enabled: true }, () => call(...args)))(tracedToy(client)),
  },
  {
    mistake: "needs a span",
    found: ["disabled", "before-init"],
    wrap: wrapCreate((call, args) => {
      const recorder = startToyCall(args[0]);
      if (!recorder) throw new TypeError("Cannot read properties of undefined (reading 'span')");
      return recordAnswer(call(...args), recorder);
    }),
  },
];
