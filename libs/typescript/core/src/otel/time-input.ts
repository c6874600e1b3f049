import type { HrTime, TimeInput } from "@opentelemetry/api";
import { nowHrTime, nsToHrTime } from "../clock.js";

/**
 * OpenTelemetry's forms of a time: `[seconds, nanoseconds]`, a `Date`, milliseconds since the epoch, or the smaller numbers
 * of `performance.now()`. Now for anything else.
 */
export function toHrTime(time: TimeInput | undefined): HrTime {
  if (Array.isArray(time)) return time;
  const ms = time instanceof Date ? time.getTime() : time;
  if (typeof ms !== "number" || !Number.isFinite(ms)) return nowHrTime();
  const { timeOrigin = 0 } = globalThis.performance ?? {};
  return msToHrTime(ms < timeOrigin ? timeOrigin + ms : ms);
}

function msToHrTime(ms: number): HrTime {
  const whole = Math.trunc(ms);
  return nsToHrTime(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6)));
}
