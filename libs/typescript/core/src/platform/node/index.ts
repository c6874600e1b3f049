import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@opentelemetry/api";
import { AsyncStorageContextManager } from "../async-storage-context-manager.js";
import type { Platform } from "../platform.js";

/** Node.js: `process.env` and `AsyncLocalStorage`. */
export const platform: Platform = {
  readEnvironment: (name) => process.env[name],
  createContextManager: () => new AsyncStorageContextManager(new AsyncLocalStorage<Context>()),
};
