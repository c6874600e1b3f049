import { parseJson } from "../json/bigint-json.js";
import { safeStringify } from "../json/safe-json.js";

/**
 * Span attributes are kept as JSON texts on the OpenTelemetry span. Other libraries put native values there: their strings are
 * told apart by the key, since only keys of MLflow's own are written as JSON texts.
 */
const OWN_PREFIX = "mlflow.";

export function isOwnKey(key: string): boolean {
  return key.startsWith(OWN_PREFIX);
}

/** The value of an attribute as it is stored: a JSON text, or a native OpenTelemetry value. */
export function decodeAttribute(stored: unknown): unknown {
  if (typeof stored !== "string") return stored;
  try {
    return parseJson(stored);
  } catch {
    return stored;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The JSON text of a stored attribute.
 *
 * @param encoded whether this SDK wrote it, so that it is JSON text already
 */
export function encodeStoredAttribute(key: string, stored: unknown, encoded: boolean): string {
  if (typeof stored === "string" && (encoded || (isOwnKey(key) && isJson(stored)))) return stored;
  return safeStringify(stored);
}

/** Attributes of an event or link: native values as they are, all others as JSON text. */
export function toNativeAttributes(attributes: Record<string, unknown>): Record<string, string | number | boolean> {
  const native: Record<string, string | number | boolean> = {};
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value === undefined) continue;
    const isNative = typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
    native[key] = isNative ? (value as string | number | boolean) : safeStringify(value);
  }
  return native;
}
