/** A value of OTLP: `bigint` is an integer of 64 bits, `number` a double. */
export type AnyValue = null | string | boolean | bigint | number | Uint8Array | readonly AnyValue[] | AnyMap;
export interface AnyMap extends ReadonlyMap<string, AnyValue> {}

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/** Attributes by key: of several with one key the last counts, in the place of the first. */
export function toMap(list: readonly KeyValue[]): Map<string, AnyValue> {
  return new Map(list.map(({ key, value }) => [key, value]));
}

/** JSON as Python writes it (`{"a": 1.0}`); bytes as the text that Python prints for them. */
export function writePythonJson(value: AnyValue): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return writeFloat(value);
    case "bigint":
    case "boolean":
      return String(value);
  }
  if (value === null) return "null";
  if (value instanceof Uint8Array) return JSON.stringify(printBytes(value));
  if (!(value instanceof Map)) return `[${(value as readonly AnyValue[]).map(writePythonJson).join(", ")}]`;
  const entries = [...(value as AnyMap)].map(([key, item]) => `${JSON.stringify(key)}: ${writePythonJson(item)}`);
  return `{${entries.join(", ")}}`;
}

/** A double as Python writes it: `1.0`, `1e-05`, `1e+16`, `NaN`. */
export function writeFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = "", exponent = ""] = value.toExponential().split("e");
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

const ESCAPES: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };

/** Bytes as Python prints them: `b'\x01a'`. */
export function printBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  const printed = Array.from(bytes, (byte) => {
    if (byte === quote.charCodeAt(0)) return `\\${quote}`;
    if (byte >= 32 && byte < 127 && byte !== 92) return String.fromCharCode(byte);
    return ESCAPES[byte] ?? `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `b${quote}${printed.join("")}${quote}`;
}
