const REFUSED = /invalid|incorrect|wrong|expired|revoked/i;

/**
 * Whether a mocked provider refuses a key. Any key is good, so that no real one is needed, except one that calls itself
 * bad (`invalid-key`): with that a program can be shown what a refusal looks like.
 */
export function isRefusedKey(key: string): boolean {
  return REFUSED.test(key);
}
