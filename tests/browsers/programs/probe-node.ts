/** The probe over the `AsyncLocalStorage` of Node.js. */
import { AsyncLocalStorage } from "node:async_hooks";
import { runProbe } from "./run-probe";

void runProbe(() => new AsyncLocalStorage<string>());
