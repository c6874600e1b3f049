const MAX_TEXT = 400;
const MAX_DEPTH = 20;

/** A short text of any value, for a report. Never throws. */
export function describeValue(value: unknown): string {
  const text = textOf(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text;
}

function textOf(value: unknown): string {
  try {
    if (value instanceof Error) return `${value.constructor.name}: ${value.message}`;
    if (typeof value === "function") return `function ${value.name}`;
    if (typeof value !== "object" || value === null)
      return typeof value === "string" ? JSON.stringify(value) : String(value);
    return (
      JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part)) ?? typeof value
    );
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Where two values differ. */
export interface Difference {
  /** E.g. `.content[0].text`; empty for the values themselves. */
  readonly path: string;
  readonly expected: string;
  readonly seen: string;
}

/**
 * The first difference between two values: kind, class, own enumerable properties, all the way down. Functions are equal
 * to functions.
 */
export function findDifference(expected: unknown, seen: unknown): Difference | undefined {
  return compare(expected, seen, "", 0, new Map());
}

/** Like {@link findDifference} for two values as JSON, so that classes and `undefined` do not matter. */
export function findJsonDifference(expected: unknown, seen: unknown): Difference | undefined {
  return findDifference(toJson(expected), toJson(seen));
}

function toJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
  return text === undefined ? undefined : JSON.parse(text);
}

function compare(
  expected: unknown,
  seen: unknown,
  path: string,
  depth: number,
  known: Map<object, unknown>,
): Difference | undefined {
  if (Object.is(expected, seen) || depth > MAX_DEPTH) return undefined;
  const differs = { path, expected: describeValue(expected), seen: describeValue(seen) };
  if (!isObject(expected) || !isObject(seen)) {
    return typeof expected === "function" && typeof seen === "function" ? undefined : differs;
  }
  if (known.get(expected) === seen) return undefined;
  known.set(expected, seen);
  const [left, right] = [classOf(expected), classOf(seen)];
  if (left !== right)
    return { path, expected: `class ${left?.name ?? "none"}`, seen: `class ${right?.name ?? "none"}` };
  for (const key of new Set([...Object.keys(expected), ...Object.keys(seen)])) {
    const place = Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`;
    const found = compare(Reflect.get(expected, key), Reflect.get(seen, key), place, depth + 1, known);
    if (found) return found;
  }
  return undefined;
}

function classOf(value: object): { name: string } | undefined {
  return Object.getPrototypeOf(value)?.constructor;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
