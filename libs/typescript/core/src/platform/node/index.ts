import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@opentelemetry/api";
import { AsyncStorageContextManager } from "../async-storage-context-manager.js";
import type { Platform } from "../platform.js";
import { guardProcess } from "./process-guard.js";

/** Node.js: `process.env`, `AsyncLocalStorage`, and files for what is unsent when the process exits. */
export const platform: Platform = {
  readEnvironment: (name) => process.env[name],
  createContextManager: () => new AsyncStorageContextManager(new AsyncLocalStorage<Context>()),
  guardExports: guardProcess,
};
