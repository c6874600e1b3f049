import type { Context, Span } from "@opentelemetry/api";
import type { LiveSpan } from "../entities/live-span.js";
import { createContextKey, trace } from "./api.js";

/** Finds our span again when a span of somebody else's provider has been made active within it. */
const OWN_SPAN = createContextKey("mlflow active span");
/** OpenTelemetry's own key of the active span; the API gives it out by use alone. */
const ACTIVE_SPAN = findActiveSpanKey();

/**
 * A context that differs from `base` by its active span. OpenTelemetry's contexts copy all their entries for each new value;
 * this one copies nothing, because every traced call makes one.
 */
export class SpanFrame implements Context {
  readonly #base: Context;
  readonly #span: LiveSpan;

  constructor(base: Context, span: LiveSpan) {
    // Frames do not pile up: what matters of an outer one is what is below it.
    this.#base = base instanceof SpanFrame ? base.#base : base;
    this.#span = span;
  }

  getValue(key: symbol): unknown {
    if (key === ACTIVE_SPAN) return this.#span._span;
    return key === OWN_SPAN ? this.#span : this.#base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#flat().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#flat().deleteValue(key);
  }

  #flat(): Context {
    return trace.setSpan(this.#base.setValue(OWN_SPAN, this.#span), this.#span._span);
  }
}

/** Our innermost span in `context`, whatever was made active within it. */
export function ownSpanIn(context: Context): LiveSpan | undefined {
  return context.getValue(OWN_SPAN) as LiveSpan | undefined;
}

function findActiveSpanKey(): symbol | undefined {
  let found: symbol | undefined;
  const probe: Context = {
    getValue: () => undefined,
    setValue: (key) => {
      found = key;
      return probe;
    },
    deleteValue: () => probe,
  };
  trace.setSpan(probe, undefined as unknown as Span);
  return found;
}
