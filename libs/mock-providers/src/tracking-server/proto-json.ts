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

/** What has been read of a field before its bad value stays: an empty message, a part of a map, a time of zero. */
function readField(message: ParsedMessage, name: string, field: FieldType, value: unknown): void {
  switch (field.type) {
    case "message": {
      const inner: ParsedMessage = {};
      message[name] = inner;
      readInto(inner, field.fields, value);
      break;
    }
    case "repeated":
      readRepeated(message, name, field.fields, value);
      break;
    case "map":
      readMap(message, name, value);
      break;
    case "enum":
      readEnum(message, name, field.names, value);
      break;
    default:
      if (field.type === "timestamp" || field.type === "duration") message[name] = 0;
      message[name] = READERS[field.type](value);
  }
}

function readMap(message: ParsedMessage, name: string, value: unknown): void {
  const map: Record<string, string> = Object.create(null);
  message[name] = map;
  for (const [key, item] of Object.entries(asObject(value))) map[key] = asString(item);
}

function readRepeated(message: ParsedMessage, name: string, fields: MessageFields, value: unknown): void {
  if (!Array.isArray(value)) throw new ParseStop();
  const items: ParsedMessage[] = [];
  message[name] = items;
  for (const item of value) {
    const inner: ParsedMessage = {};
    items.push(inner);
    readInto(inner, fields, item);
  }
}

/** Names or numbers (as text too); unknown ones leave the field unset. */
function readEnum(message: ParsedMessage, name: string, names: readonly string[], value: unknown): void {
  if (typeof value !== "string" && !Number.isInteger(value)) throw new ParseStop();
  const found = /^\d+$/.test(String(value)) ? names[Number(value)] : value;
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

/** The longest duration that the server takes, in seconds. */
const LONGEST_SECONDS = 315_576_000_000;

/** `"1.5s"` → whole milliseconds, the rest cut. */
function parseDuration(value: unknown): number {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?s$/.exec(String(value));
  if (typeof value !== "string" || !match || Number(match[2]) > LONGEST_SECONDS) throw new ParseStop();
  const ms = Number(match[2]) * 1000 + Number((match[3] ?? "").padEnd(3, "0").slice(0, 3));
  return match[1] === "-" && ms > 0 ? -ms : ms;
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
