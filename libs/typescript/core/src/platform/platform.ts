import type { ContextManager, TextMapPropagator } from "@opentelemetry/api";

/** What differs between Node.js and browsers. Everything else runs on both. */
export interface Platform {
  /** Value of an environment variable; `undefined` where there is none, or no environment at all. */
  readEnvironment(name: string): string | undefined;
  /** The keeper of "the active span" across calls and, where the platform allows it, across `await`. */
  createContextManager(): ContextManager;
  /** What carries traces to other processes and, where it can be called by one, from them. */
  createPropagator(): TextMapPropagator;
}
