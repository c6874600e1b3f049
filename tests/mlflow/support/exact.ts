/**
 * Values of JavaScript and of Python in one form, in which only equal values are equal: every integer is a BigInt, whether
 * it was a number, a BigInt, an `int` or a `float`; other numbers, `-0` and NaN are numbers.
 */
export type Exact = null | boolean | string | number | bigint | Exact[] | { [key: string]: Exact };

/** @throws TypeError for what JSON has no place for */
export function exact(value: unknown): Exact {
  if (value === null || typeof value === "boolean" || typeof value === "string" || typeof value === "bigint")
    return value;
  if (typeof value === "number") return Number.isInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value === "object") return mapValues(value, exact);
  throw new TypeError(`A ${typeof value} has no exact form.`);
}

/** Reads what `exact.py` wrote. */
export function fromPython(json: unknown): Exact {
  if (json === null || typeof json === "boolean" || typeof json === "string") return json;
  if (Array.isArray(json)) return json.map(fromPython);
  const [[kind, value] = []] = Object.entries(Object(json));
  if (kind === "int") return BigInt(value as string);
  if (kind === "float") return exact(readFloat(value as string));
  if (kind === "dict") return mapValues(value as object, fromPython);
  throw new TypeError(`Python gave what JSON has no place for: ${JSON.stringify(json)}`);
}

/** Python's `repr` of a float. */
function readFloat(text: string): number {
  return Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
}

export function mapValues<T>(record: object, map: (value: unknown) => T): { [key: string]: T } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
