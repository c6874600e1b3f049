/** The probe over our `AsyncLocalStorage`, which keeps its promise where the code is lowered and nowhere else. */
import { AsyncLocalStorage, installAsyncContext } from "@tracebook/playground/async-context";
import { runProbe } from "./run-probe";

installAsyncContext();
void runProbe(() => new AsyncLocalStorage<string>());
