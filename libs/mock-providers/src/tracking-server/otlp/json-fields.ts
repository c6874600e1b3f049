import { malformed } from "./message";

export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;

const snakeNames = new Map<string, string>();

function toSnakeCase(name: string): string {
  const known = snakeNames.get(name);
  if (known !== undefined) return known;
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}

/** A field by its camel-case name or its snake-case one; `null` counts as absent. */
export function field(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name] ?? undefined;
  const snake = toSnakeCase(name);
  return Object.hasOwn(object, snake) ? (object[snake] ?? undefined) : undefined;
}

export function asObject(value: unknown): JsonObject {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed();
  return value as JsonObject;
}

export function asObjects(value: unknown): JsonObject[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw malformed();
  return value.map((item) => asObject(item ?? undefined));
}

export function asText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw malformed();
  return value;
}

/** An unsigned integer of 64 bits, as a number or as decimal text. */
export function asUint64(value: unknown): bigint {
  const integer = asInteger(value);
  if (integer < 0n || integer > MAX_UINT64) throw malformed();
  return integer;
}

export function asInt64(value: unknown): bigint {
  const integer = asInteger(value);
  if (integer > MAX_INT64 || integer < -MAX_INT64 - 1n) throw malformed();
  return integer;
}

function asInteger(value: unknown): bigint {
  if (value === undefined) return 0n;
  const isInteger = typeof value === "string" ? /^-?\d+$/.test(value) : Number.isInteger(value);
  if (!isInteger) throw malformed();
  return BigInt(value as string | number);
}

export function asDouble(value: unknown): number {
  const isText = typeof value === "string" && /^(NaN|-?Infinity|[-+]?(\d|\.\d)[\d.]*(e[-+]?\d+)?)$/i.test(value);
  if (typeof value !== "number" && !isText) throw malformed();
  return Number(value);
}

/** The number of an enum's value that is given by number or name; unknown ones are 0. */
export function asEnum(value: unknown, names: readonly string[]): number {
  if (value === undefined) return 0;
  if (typeof value === "string") return Math.max(0, names.indexOf(value));
  if (!Number.isInteger(value)) throw malformed();
  return Number(value);
}
