import type { ContextManager } from "@opentelemetry/api";
import type { ExportGuard, Outbox } from "../export/outbox.js";

/** What differs between Node.js and browsers. Everything else runs on both. */
export interface Platform {
  /** Value of an environment variable; `undefined` where there is none, or no environment at all. */
  readEnvironment(name: string): string | undefined;
  /** The keeper of "the active span" across calls and, where the platform allows it, across `await`. */
  createContextManager(): ContextManager;
  /** Looks after unsent traces when the program ends. */
  guardExports(outbox: Outbox): ExportGuard;
}
