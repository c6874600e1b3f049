const THIN_SPACE = "\u202f";

/**
 * A whole number with thin separators.
 *
 * @example formatCount(1164) // "1\u202f164"
 */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** `1 span`, `10 spans`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return count === 1 ? singular : many;
}

/**
 * US dollars with at least two significant digits.
 *
 * @example formatCost(0.0041) // "$0.0041"
 * @example formatCost(12.5) // "$12.50"
 */
export function formatCost(dollars: number): string {
  if (dollars === 0) return "$0";
  if (dollars >= 0.995) return `$${dollars.toFixed(2)}`;
  if (dollars < 0.000_001) return "<$0.000001";
  const digits = Math.max(2, Math.ceil(-Math.log10(dollars)) + 1);
  return `$${dollars.toFixed(digits)}`;
}
