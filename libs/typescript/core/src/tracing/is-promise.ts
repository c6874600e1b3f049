/** Whether `value` is a promise. Values that cannot be looked at, such as revoked proxies, are none. */
export function isPromise(value: unknown): value is Promise<unknown> {
  try {
    return value instanceof Promise;
  } catch {
    return false;
  }
}
