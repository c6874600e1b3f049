import type { Context } from "@opentelemetry/api";
import { createContextKey } from "../otel/api.js";

/** What `tracingContext` gives to the traces that start within it. */
export interface TraceContext {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly enabled: boolean;
}

const KEY = createContextKey("mlflow trace context");
const DEFAULT: TraceContext = { metadata: {}, tags: {}, enabled: true };

export function getTraceContext(context: Context): TraceContext {
  return (context.getValue(KEY) as TraceContext | undefined) ?? DEFAULT;
}

export function setTraceContext(context: Context, value: TraceContext): Context {
  return context.setValue(KEY, value);
}
