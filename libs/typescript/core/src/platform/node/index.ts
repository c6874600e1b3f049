import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@opentelemetry/api";
import { W3CPropagator } from "../../tracing/w3c-propagator.js";
import { AsyncStorageContextManager } from "../async-storage-context-manager.js";
import type { Platform } from "../platform.js";

/** Node.js: `process.env` and `AsyncLocalStorage`. */
export const platform: Platform = {
  readEnvironment: (name) => process.env[name],
  createContextManager: () => new AsyncStorageContextManager(new AsyncLocalStorage<Context>()),
  createPropagator: () => new W3CPropagator(),
};
