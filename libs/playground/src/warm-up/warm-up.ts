/**
 * Exercises packages against throw-away mocked services before a program runs, so that the browser has compiled their code by
 * then. While it runs, `fetch` reaches the throw-away services alone. It must leave nothing behind: no global, no open timer.
 *
 * @param require gives the packages that are loaded; throws for one that is not
 */
export type WarmUp = (require: (name: string) => unknown) => Promise<void>;
