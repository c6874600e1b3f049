/** The error that an aborted wait ends with: the signal's own reason, as `fetch` rejects. */
export function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}

/**
 * A promise that settles once: by the returned function, or with the signal's reason when that aborts first.
 * `onAbort` runs in the second case, so that the timer behind it can be dropped.
 */
export function abortable(signal: AbortSignal | undefined, onAbort: () => void): [Promise<void>, () => void] {
  let settle = (): void => {};
  const promise = new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      onAbort();
      reject(signal ? abortReason(signal) : undefined);
    };
    signal?.addEventListener("abort", abort, { once: true });
    settle = () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    };
  });
  return [promise, settle];
}
