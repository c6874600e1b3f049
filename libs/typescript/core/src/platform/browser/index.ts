import { W3CInjector } from "../../tracing/w3c-injector.js";
import { type AsyncStorage, AsyncStorageContextManager } from "../async-storage-context-manager.js";
import type { Platform } from "../platform.js";
import { StackStorage } from "./stack-storage.js";

/** What a page or worker may have put on its global object. */
interface Host {
  AsyncLocalStorage?: new () => AsyncStorage;
  process?: { env?: Record<string, string | undefined> };
}

/** Browsers and workers: an `AsyncLocalStorage` that the host installed before `init`, else the call stack. */
export const platform: Platform = {
  readEnvironment: (name) => (globalThis as Host).process?.env?.[name],
  createContextManager: () => {
    const { AsyncLocalStorage } = globalThis as Host;
    return new AsyncStorageContextManager(AsyncLocalStorage ? new AsyncLocalStorage() : new StackStorage());
  },
  createPropagator: () => new W3CInjector(),
};
