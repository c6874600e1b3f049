export { installAsyncContext } from "./install";
export { AsyncLocalStorage, type AsyncLocalStorageOptions } from "./local-storage";
export type { Undo } from "./replace-method";
export { AsyncResource, type AsyncResourceOptions, executionAsyncId, triggerAsyncId } from "./resource";
/** The runtime library of lowered code, to be registered as the module `tslib`. */
export * as tslib from "./tslib";
