/** What JSON can hold. Integers of any size may be BigInts. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | { [key: string]: JsonValue };

const MAX_DEPTH = 100;

/**
 * A copy of `value` as JSON would have it: `toJSON` is called, properties that are `undefined` are left out, `-0` is 0, and
 * lone surrogates become U+FFFD.
 *
 * @param what names the value in an error, e.g. `feedback 'quality'`
 * @throws TypeError for what JSON cannot hold (NaN, functions, maps, cycles…) and for more than 100 levels
 */
export function toJsonValue(value: unknown, what: string, depth = 0): JsonValue {
  if (depth > MAX_DEPTH) throw new TypeError(`The value of ${what} is cyclic or nested more than ${MAX_DEPTH} levels.`);
  if (value === null || typeof value === "boolean" || typeof value === "bigint") return value;
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number" && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (typeof value !== "object") throw notJson(value, what);
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson === "function") return toJsonValue(Reflect.apply(toJson, value, [""]), what, depth + 1);
  if (Array.isArray(value)) return Array.from(value, (item) => toJsonValue(item ?? null, what, depth + 1));
  if (Object.prototype.toString.call(value) !== "[object Object]") throw notJson(value, what);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [wellFormed(key), toJsonValue(item, what, depth + 1)]));
}

function notJson(value: unknown, what: string): TypeError {
  const name = typeof value === "object" ? Object.prototype.toString.call(value).slice(8, -1) : String(value);
  return new TypeError(`The value of ${what} must be JSON: ${name.slice(0, 100)} is not.`);
}

/**
 * JSON text of a {@link JsonValue}, in which integer literals and doubles stay apart: a double beyond 2^53 is written with an
 * exponent, so that it is not taken for an integer of that many exact digits.
 */
export function exactJson(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value))
    return value.toExponential();
  if (Array.isArray(value)) return `[${value.map(exactJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${exactJson(item)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

/** `text` with U+FFFD for half surrogate pairs: the server drops every field after one, and some make a trace unreadable. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** RFC 3339 in UTC with milliseconds; `undefined` outside of the years 1 to 9999, which the server cannot hold. */
export function toTimestamp(ms: number): string | undefined {
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined;
}

const FIRST_MS = Date.parse("0001-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Milliseconds since the epoch of an RFC 3339 time; `undefined` when it is none. */
export function fromTimestamp(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}
