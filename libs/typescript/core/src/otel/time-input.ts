import type { HrTime, TimeInput } from "@opentelemetry/api";
import { nowHrTime, nsToHrTime } from "../clock.js";

/**
 * OpenTelemetry's forms of a time: `[seconds, nanoseconds]`, a `Date`, milliseconds since the epoch, or the smaller numbers
 * of `performance.now()`. Now for anything else.
 */
export function toHrTime(time: TimeInput | undefined): HrTime {
  if (isHrTime(time)) return time;
  const ms = isDate(time) ? time.getTime() : time;
  if (typeof ms !== "number" || !Number.isFinite(ms)) return nowHrTime();
  const { timeOrigin = 0 } = globalThis.performance ?? {};
  return msToHrTime(ms < timeOrigin ? timeOrigin + ms : ms);
}

function isHrTime(value: unknown): value is HrTime {
  return isArray(value) && value.length === 2 && value.every((part) => Number.isSafeInteger(part) && Number(part) >= 0);
}

/** `Array.isArray`, which throws for revoked proxies. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

export function isDate(value: unknown): value is Date {
  try {
    return value instanceof Date;
  } catch {
    return false;
  }
}

function msToHrTime(ms: number): HrTime {
  const whole = Math.trunc(ms);
  return nsToHrTime(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6)));
}
