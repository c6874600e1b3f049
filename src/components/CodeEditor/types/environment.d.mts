export {};

declare global {
  /** The part of Node's `process` that a playground has. */
  const process: { readonly env: Record<string, string | undefined> };
}
