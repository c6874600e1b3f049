/** Random bytes are fetched for many ids at once, since each fetch costs as much as a span. */
const pool = new Uint8Array(4_096);
let at = pool.length;

const HEX_CODES = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** A random id in hex, never all zero. @param bytes 16 for a trace, 8 for a span */
export function randomId(bytes: 8 | 16): string {
  if (at + bytes > pool.length) refill();
  const codes: number[] = [];
  for (const end = at + bytes; at < end; at++) {
    const byte = pool[at] ?? 0;
    codes.push(HEX_CODES[byte >> 4] ?? 48, HEX_CODES[byte & 15] ?? 48);
  }
  // In one piece: a text that is added to piece by piece keeps all its pieces in memory.
  const id = String.fromCharCode(...codes);
  return /[^0]/.test(id) ? id : randomId(bytes);
}

/** Pages that are not secure contexts have `getRandomValues` too; where there is nothing at all, ids need not be secret. */
function refill(): void {
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(pool);
  else for (let index = 0; index < pool.length; index++) pool[index] = Math.random() * 256;
  at = 0;
}
