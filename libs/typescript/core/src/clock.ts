import type { HrTime } from "@opentelemetry/api";

const NS_PER_MS = 1_000_000;
const NS_PER_S = 1_000_000_000;
const NS_PER_S_EXACT = 1_000_000_000n;

let lastSeconds = 0;
let lastNanoseconds = 0;

/**
 * `[seconds, nanoseconds]` since the UNIX epoch. Strictly increasing within the process, so that the order of two spans is the
 * order of their start times. `performance` is looked up at each call, because a host may replace it with simulated time.
 */
export function nowHrTime(): HrTime {
  let [seconds, nanoseconds] = read();
  if (seconds < lastSeconds || (seconds === lastSeconds && nanoseconds <= lastNanoseconds)) {
    const next = lastNanoseconds + 1;
    seconds = next < NS_PER_S ? lastSeconds : lastSeconds + 1;
    nanoseconds = next % NS_PER_S;
  }
  lastSeconds = seconds;
  lastNanoseconds = nanoseconds;
  return [seconds, nanoseconds];
}

function read(): HrTime {
  const clock = globalThis.performance;
  if (typeof clock?.now !== "function") return split(Date.now(), 0);
  // Whole milliseconds and the rest are added apart: a double cannot hold nanoseconds since 1970.
  const origin = Math.trunc(clock.timeOrigin);
  const rest = clock.timeOrigin - origin + clock.now();
  const whole = Math.trunc(rest);
  return split(origin + whole, Math.round((rest - whole) * NS_PER_MS));
}

/** @param ns fewer than 2^53, since it may carry over */
function split(ms: number, ns: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  const nanoseconds = (ms - seconds * 1_000) * NS_PER_MS + ns;
  return nanoseconds < NS_PER_S ? [seconds, nanoseconds] : [seconds + 1, nanoseconds - NS_PER_S];
}

/** Nanoseconds since the UNIX epoch, strictly increasing like {@link nowHrTime}. */
export function nowNs(): bigint {
  return hrTimeToNs(nowHrTime());
}

/** `[seconds, nanoseconds]` of nanoseconds since the epoch; a number loses what a double cannot hold. */
export function nsToHrTime(ns: bigint | number): HrTime {
  const exact = typeof ns === "bigint" ? ns : BigInt(Math.round(ns));
  return [Number(exact / NS_PER_S_EXACT), Number(exact % NS_PER_S_EXACT)];
}

/** Nanoseconds since the epoch of `[seconds, nanoseconds]`. */
export function hrTimeToNs([seconds, nanoseconds]: HrTime): bigint {
  return BigInt(Math.trunc(seconds)) * NS_PER_S_EXACT + BigInt(Math.trunc(nanoseconds));
}

/** Milliseconds since the epoch, rounded down. */
export function hrTimeToMs([seconds, nanoseconds]: HrTime): number {
  return seconds * 1_000 + Math.floor(nanoseconds / NS_PER_MS);
}
