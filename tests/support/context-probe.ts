/** Runs in a page: the context probe over our AsyncLocalStorage, lowered or native depending on how it was bundled. */
import { AsyncLocalStorage, installAsyncContext } from "@tracebook/playground/async-context";
import { runContextProbe } from "@tracebook/playground/probe";

installAsyncContext();
Object.assign(globalThis, { probe: () => runContextProbe(() => new AsyncLocalStorage<string>()) });
