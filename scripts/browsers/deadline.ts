/**
 * `work`, or a rejection that names it once `ms` milliseconds have passed. The work itself is not stopped.
 *
 * @throws Error `<what> took longer than <ms> ms`
 */
export function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Tries `attempt` until it gives something else than `undefined`; its errors count as another try. */
export async function retryUntil<T>(ms: number, what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  let last: unknown;
  for (const end = performance.now() + ms; performance.now() < end; ) {
    try {
      const found = await attempt();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} took longer than ${ms} ms`, { cause: last });
}
