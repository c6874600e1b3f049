import { invalid } from "./error";

/** How a field of a nested message is read. */
export type FieldType =
  | { readonly type: "string" | "bool" | "timestamp" | "duration" | "map" | "value" }
  | { readonly type: "enum"; readonly names: readonly string[] }
  | { readonly type: "message" | "repeated"; readonly fields: MessageFields };
export type MessageFields = Readonly<Record<string, FieldType>>;
export type ParsedMessage = Record<string, unknown>;

/** Ends the parsing of a whole request without failing it. */
class ParseStop extends Error {}

/**
 * Reads a nested message as the server does: unknown fields and `null` are skipped, and at the first bad value the
 * parsing stops for good, so that **every field after it, in the order of the JSON, is lost without an error**.
 */
export function parseMessage(fields: MessageFields, json: unknown): ParsedMessage {
  const message: ParsedMessage = {};
  try {
    readInto(message, fields, json);
  } catch (error) {
    if (!(error instanceof ParseStop)) throw error;
  }
  return message;
}

function readInto(message: ParsedMessage, fields: MessageFields, json: unknown): void {
  for (const [key, value] of Object.entries(asObject(json))) {
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (name !== key && Object.hasOwn(asObject(json), name)) {
      throw invalid(`Request specifies both '${name}' and '${key}'; provide only one of them.`);
    }
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field || (value === null && field.type !== "value")) continue;
    readField(message, name, field, value);
  }
}

function readField(message: ParsedMessage, name: string, field: FieldType, value: unknown): void {
  switch (field.type) {
    case "message": {
      const inner = (message[name] = {});
      return readInto(inner, field.fields, value);
    }
    case "repeated":
      return readRepeated(message, name, field.fields, value);
    case "map": {
      const map: Record<string, string> = (message[name] = Object.create(null));
      for (const [key, item] of Object.entries(asObject(value))) map[key] = asString(item);
      return;
    }
    case "enum":
      return readEnum(message, name, field.names, value);
    default:
      // A time or duration that cannot be read leaves its zero behind.
      message[name] = field.type === "timestamp" || field.type === "duration" ? 0 : undefined;
      message[name] = READERS[field.type](value);
  }
}

function readRepeated(message: ParsedMessage, name: string, fields: MessageFields, value: unknown): void {
  if (!Array.isArray(value)) throw new ParseStop();
  const items: ParsedMessage[] = (message[name] = []) as ParsedMessage[];
  for (const item of value) {
    const inner: ParsedMessage = {};
    items.push(inner);
    readInto(inner, fields, item);
  }
}

/** Unknown names leave the field unset; numbers are taken as they are. */
function readEnum(message: ParsedMessage, name: string, names: readonly string[], value: unknown): void {
  const found = typeof value === "number" ? names[value] : value;
  if (typeof value !== "string" && !Number.isInteger(value)) throw new ParseStop();
  if (typeof found === "string" && names.includes(found)) message[name] = found;
}

const READERS = {
  string: asString,
  bool(value: unknown): boolean {
    if (typeof value !== "boolean") throw new ParseStop();
    return value;
  },
  value: (value: unknown): unknown => value,
  timestamp: parseTimestamp,
  duration: parseDuration,
} as const;

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ParseStop();
  return value as Record<string, unknown>;
}

/** Half a surrogate pair is no text to the server. */
function asString(value: unknown): string {
  if (typeof value !== "string" || /\p{Cs}/u.test(value)) throw new ParseStop();
  return value;
}

/** RFC 3339 with a zone → whole milliseconds since the epoch, the rest cut. */
function parseTimestamp(value: unknown): number {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(String(value));
  if (typeof value !== "string" || !match) throw new ParseStop();
  const ms = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(ms)) throw new ParseStop();
  return ms + Number((match[2] ?? "").padEnd(3, "0").slice(0, 3));
}

/** `"1.5s"` → whole milliseconds, the rest cut. */
function parseDuration(value: unknown): number {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?s$/.exec(String(value));
  if (typeof value !== "string" || !match) throw new ParseStop();
  const ms = Number(match[2]) * 1000 + Number((match[3] ?? "").padEnd(3, "0").slice(0, 3));
  return match[1] && ms > 0 ? -ms : ms;
}

/** Milliseconds as `2025-06-15T14:07:41.282Z`; whole seconds without a fraction. */
export function formatTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** Milliseconds as `0.500s`; whole seconds without a fraction. */
export function formatDuration(ms: number): string {
  const whole = Math.trunc(ms / 1000);
  const rest = Math.abs(ms % 1000);
  const sign = ms < 0 && whole === 0 ? "-" : "";
  return rest === 0 ? `${whole}s` : `${sign}${whole}.${String(rest).padStart(3, "0")}s`;
}
