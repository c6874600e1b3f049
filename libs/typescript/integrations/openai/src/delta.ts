/** An object of parsed JSON. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Strings that come whole; all others come in pieces. */
const WHOLE = new Set(["role", "id", "type", "name"]);

/**
 * Adds a delta to what has come before, in place: pieces of text are joined, list items with an `index` are merged with the
 * one of that index, other items are appended, and objects are merged in the same way. Unknown fields are taken along.
 */
export function mergeDelta(target: JsonObject, delta: JsonObject): void {
  for (const [key, value] of Object.entries(delta)) {
    if (key === "__proto__") continue;
    const before = Object.hasOwn(target, key) ? target[key] : undefined;
    target[key] = merged(key, before, value);
  }
}

function merged(key: string, before: unknown, value: unknown): unknown {
  if (value === null || value === undefined) return before ?? value;
  if (typeof value === "string") return mergedText(key, before, value);
  if (Array.isArray(value)) return mergedList(Array.isArray(before) ? before : [], value);
  if (!isObject(value)) return value;
  const object = isObject(before) ? before : {};
  mergeDelta(object, value);
  return object;
}

function mergedText(key: string, before: unknown, value: string): unknown {
  if (typeof before !== "string") return value;
  return WHOLE.has(key) ? value || before : before + value;
}

function mergedList(list: unknown[], items: readonly unknown[]): unknown[] {
  for (const item of items) {
    const known = isObject(item) && "index" in item ? list.find((other) => isAt(other, item.index)) : undefined;
    if (isObject(known) && isObject(item)) mergeDelta(known, item);
    else list.push(isObject(item) ? merged("", undefined, item) : item);
  }
  return list;
}

function isAt(item: unknown, index: unknown): boolean {
  return isObject(item) && item.index === index;
}
