/** Reading of what the AI SDK writes as span attributes: JSON texts, lists of them, and plain texts and numbers. */

export type Attributes = Readonly<Record<string, unknown>>;

/** Some values are written as JSON within JSON. */
const MAX_DECODING = 2;

/** `value` decoded from JSON, lists item by item; a text that is no JSON is itself. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  let decoded = value;
  for (let times = 0; times < MAX_DECODING && typeof decoded === "string"; times++) decoded = parse(decoded);
  return decoded;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The first of `keys` that there is. */
export function firstOf(attributes: Attributes, keys: readonly string[]): [key: string, value: unknown] | undefined {
  const key = keys.find((candidate) => isThere(attributes[candidate]));
  return key === undefined ? undefined : [key, attributes[key]];
}

/** All attributes whose key starts with `prefix`, by the rest of the key; `undefined` where there are none. */
export function allOf(
  attributes: Attributes,
  prefix: string,
  read: (value: unknown, key: string) => unknown,
): Record<string, unknown> | undefined {
  const found = Object.entries(attributes).filter(([key, value]) => key.startsWith(prefix) && isThere(value));
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([key, value]) => [key.slice(prefix.length), read(value, key)]));
}

/** The first of `keys` that counts something; texts of digits count too. */
export function firstCount(attributes: Attributes, keys: readonly string[]): number | undefined {
  return keys.map((key) => toCount(attributes[key])).find((count) => count !== undefined);
}

function toCount(value: unknown): number | undefined {
  const count = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof count === "number" && Number.isFinite(count) ? count : undefined;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
