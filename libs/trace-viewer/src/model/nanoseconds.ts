/** Times are nanoseconds since the UNIX epoch; only differences ever become floating-point milliseconds. */

const DECIMAL = /^\d{1,20}$/;
const LARGEST = 1e20;

/**
 * Reads a time in nanoseconds from a decimal string, a number or a BigInt. Zero means "not set", as in OTLP.
 *
 * @returns the time, or `null` when there is none that makes sense
 */
export function readNanoseconds(value: unknown): bigint | null {
  const time = toBigInt(value);
  return time !== null && time > 0n ? time : null;
}

function toBigInt(value: unknown): bigint | null {
  if (typeof value === "bigint") return value < BigInt(LARGEST) ? value : null;
  if (typeof value === "string") return DECIMAL.test(value) ? BigInt(value) : null;
  if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) >= LARGEST) return null;
  return BigInt(Math.trunc(value));
}

/** Milliseconds from `origin` to `time`. */
export function millisecondsBetween(origin: bigint, time: bigint): number {
  return Number(time - origin) / 1e6;
}
