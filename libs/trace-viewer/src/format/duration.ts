/**
 * A duration in the unit that suits it.
 *
 * @param ms milliseconds
 * @example formatDuration(842.4) // "842 ms"
 * @example formatDuration(1240) // "1.24 s"
 * @example formatDuration(0.0121) // "12 µs"
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return "–";
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms === 0) return "0 ms";
  // No clock of a browser is that fine: such spans have only been kept in their order.
  if (ms < 0.001) return `<\u00a0${withUnit(1, "µs")}`;
  if (ms < 0.9995) return withUnit(Math.round(ms * 1e3), "µs");
  if (ms < 9.95) return withUnit(trimZero(ms.toFixed(1)), "ms");
  if (ms < 999.5) return withUnit(Math.round(ms), "ms");
  return formatSeconds(ms / 1000);
}

function formatSeconds(seconds: number): string {
  if (seconds < 9.995) return withUnit(seconds.toFixed(2), "s");
  if (seconds < 59.95) return withUnit(seconds.toFixed(1), "s");
  const whole = Math.round(seconds);
  if (whole < 3600) return `${withUnit(Math.floor(whole / 60), "min")} ${withUnit(twoDigits(whole % 60), "s")}`;
  const minutes = Math.round(seconds / 60);
  return `${withUnit(Math.floor(minutes / 60), "h")} ${withUnit(twoDigits(minutes % 60), "min")}`;
}

function trimZero(digits: string): string {
  return digits.endsWith(".0") ? digits.slice(0, -2) : digits;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** The space does not break. */
function withUnit(value: number | string, unit: string): string {
  return `${value}\u00a0${unit}`;
}
