/** What `step` gives; `fallback` where it throws, since a value that cannot be read must not cost the span. */
export function attempt<T>(step: () => T, fallback: T): T {
  try {
    return step();
  } catch {
    return fallback;
  }
}

/** `value` as an object to read from; an empty one where it is none. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
