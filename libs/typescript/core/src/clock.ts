import type { HrTime } from "@opentelemetry/api";

const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;

let last = 0n;

function read(): bigint {
  const clock = globalThis.performance;
  if (typeof clock?.now !== "function") return BigInt(Date.now()) * NS_PER_MS;
  // Whole milliseconds and the rest are added apart: a double cannot hold nanoseconds since 1970.
  const origin = Math.trunc(clock.timeOrigin);
  const rest = clock.timeOrigin - origin + clock.now();
  return BigInt(origin) * NS_PER_MS + BigInt(Math.round(rest * 1e6));
}

/**
 * Nanoseconds since the UNIX epoch. Strictly increasing within the process, so that the order of two spans is the order of
 * their start times. `performance` is looked up at each call, because a host may replace it with simulated time.
 */
export function nowNs(): bigint {
  const now = read();
  last = now > last ? now : last + 1n;
  return last;
}

/** `[seconds, nanoseconds]` of nanoseconds since the epoch; a number loses what a double cannot hold. */
export function nsToHrTime(ns: bigint | number): HrTime {
  const exact = typeof ns === "bigint" ? ns : BigInt(Math.round(ns));
  return [Number(exact / NS_PER_S), Number(exact % NS_PER_S)];
}

/** Nanoseconds since the epoch of `[seconds, nanoseconds]`. */
export function hrTimeToNs([seconds, nanoseconds]: HrTime): bigint {
  return BigInt(Math.trunc(seconds)) * NS_PER_S + BigInt(Math.trunc(nanoseconds));
}

/** Milliseconds since the epoch, rounded down. */
export function hrTimeToMs(time: HrTime): number {
  return Number(hrTimeToNs(time) / NS_PER_MS);
}
