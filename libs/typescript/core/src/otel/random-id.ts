/** Random bytes are fetched for many ids at once, since each fetch costs as much as a span. */
const pool = new Uint8Array(4_096);
let at = pool.length;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** A random id in hex, never all zero. @param bytes 16 for a trace, 8 for a span */
export function randomId(bytes: 8 | 16): string {
  if (at + bytes > pool.length) refill();
  let hex = "";
  for (const end = at + bytes; at < end; at++) hex += HEX[pool[at] ?? 0];
  return /[^0]/.test(hex) ? hex : randomId(bytes);
}

/** Pages that are not secure contexts have `getRandomValues` too; where there is nothing at all, ids need not be secret. */
function refill(): void {
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(pool);
  else for (let index = 0; index < pool.length; index++) pool[index] = Math.random() * 256;
  at = 0;
}
