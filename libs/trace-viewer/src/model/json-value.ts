/** Reading values whose shape nobody has promised. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text of a string or number; everything else gives the fallback. */
export function asText(value: unknown, fallback = ""): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : fallback;
}

/** A finite number, also from a decimal string; `undefined` otherwise. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === "string" && value.trim() === "") return undefined;
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Attribute values arrive as JSON text or decoded; text that is not JSON is the value itself. */
export function decodeValue(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** JSON text of any value, `undefined`, BigInt, cycles and over-deep nesting included. */
export function toJsonText(value: unknown, indent = 0): string {
  try {
    const text: unknown = JSON.stringify(value, (_key, inner: unknown) => replaceUnwritable(inner), indent);
    return typeof text === "string" ? text : String(value);
  } catch (error) {
    return `[cannot be written as JSON: ${error instanceof Error ? error.message : "unknown reason"}]`;
  }
}

function replaceUnwritable(value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
