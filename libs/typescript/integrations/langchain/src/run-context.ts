import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import { NoOpSpan, withActiveSpan } from "mlflow-tracing";
import { openRuns } from "./run-map.js";

let installed: (() => void) | undefined;

/**
 * Lets user code run with the span of its run active, so that spans it starts nest there. Callbacks alone cannot do that:
 * they return before the code of their run is called. So this wraps the one function by which LangChain enters user code
 * (functions of lambdas, tools and graph nodes, and each step of a generator); where no MLflow handler is in the configuration, it does nothing. Calling it again changes nothing.
 *
 * @returns an undo
 */
export function activateSpansOfRuns(): () => void {
  if (installed) return installed;
  const singleton = AsyncLocalStorageProviderSingleton;
  const original = singleton.runWithConfig;
  const replaced = <T>(config: unknown, callback: () => T, avoidCreatingRootRunTree?: boolean): T =>
    original.call(singleton, config, inRun(runIdOf(config), callback), avoidCreatingRootRunTree) as T;
  singleton.runWithConfig = replaced;
  installed = () => {
    installed = undefined;
    if (singleton.runWithConfig === replaced) singleton.runWithConfig = original;
  };
  return installed;
}

/** `callback` with the span of the run active; `callback` itself where nothing is recorded of the run. */
export function inRun<T>(runId: string | undefined, callback: () => T): () => T {
  const span = openRuns.get(runId)?.span;
  return span && !(span instanceof NoOpSpan) ? () => withActiveSpan(span, callback) : callback;
}

/** The run that code with this configuration belongs to: the parent of the runs it will start. */
function runIdOf(config: unknown): string | undefined {
  const callbacks = (config as { callbacks?: { getParentRunId?: () => string | undefined } } | undefined)?.callbacks;
  return typeof callbacks?.getParentRunId === "function" ? callbacks.getParentRunId() : undefined;
}
