/**
 * Exercises a package against a throw-away instance of its mocked service before a program runs, so that the engine has
 * compiled its code by then. It must leave nothing behind: no global, no environment, no open timer.
 *
 * @param require gives the packages that are loaded; throws for one that is not
 * @param fetch reaches the throw-away service and nothing else
 */
export type WarmUp = (require: (name: string) => unknown, fetch: typeof globalThis.fetch) => Promise<void>;
