/** What of Node.js is needed here; browsers have the event instead. */
interface ProcessLike {
  on(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
  off(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
}

/**
 * Tells of rejections that nobody handles, in Node.js and in browsers, and keeps a Node.js process from ending of them.
 *
 * @returns an undo
 */
export function watchUnhandledRejections(note: (reason: unknown) => void): () => void {
  const process = Reflect.get(globalThis, "process") as Partial<ProcessLike> | undefined;
  if (typeof process?.on === "function") {
    process.on("unhandledRejection", note);
    return () => void process.off?.("unhandledRejection", note);
  }
  const listener = (event: Event): void => {
    event.preventDefault();
    note(Reflect.get(event, "reason"));
  };
  globalThis.addEventListener("unhandledrejection", listener);
  return () => globalThis.removeEventListener("unhandledrejection", listener);
}
