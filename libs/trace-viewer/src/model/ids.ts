/** Ids come as hex (OTLP JSON, events), base64 (MLflow's `traces.json`) or with MLflow's `tr-` before them: one form for all. */

const BASE64_LENGTHS = new Set([12, 24]);

/**
 * @example normalizeId("tr-543171b8f02bd196910a5a004881e715") // "543171b8f02bd196910a5a004881e715"
 * @example normalizeId("fEN32srUDqg=") // "7c4377dacad40ea8"
 */
export function normalizeId(value: unknown): string {
  if (typeof value !== "string") return typeof value === "number" ? String(value) : "";
  if (isBase64Id(value)) return base64ToHex(value);
  return value.replace(/^trace:\/.*\//, "").replace(/^tr-|^0x/, "");
}

function isBase64Id(text: string): boolean {
  return BASE64_LENGTHS.has(text.length) && /^[A-Za-z0-9+/]+={1,2}$/.test(text);
}

function base64ToHex(text: string): string {
  return Array.from(atob(text), (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
