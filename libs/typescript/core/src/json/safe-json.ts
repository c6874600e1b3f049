import { numberJson } from "./bigint-json.js";
import { stringifyPlain } from "./plain-json.js";

/**
 * JSON of any value a program can hold, for span attributes: never throws, never runs away, never loses a whole value because
 * of one bad part.
 *
 * | value | becomes |
 * |---|---|
 * | `undefined`, function, symbol, promise | `"[Undefined]"`, `"[Function]"`, `"Symbol(x)"`, `"[Promise]"` |
 * | BigInt | an integer of full length |
 * | number beyond 2^53 | the same with an exponent |
 * | NaN, Infinity | `null` |
 * | Error | `{name, message, stack}` |
 * | Date and others with `toJSON` | what `toJSON` gives |
 * | Map | an object, or an array of pairs when a key is no string |
 * | Set, typed array | an array |
 * | Buffer | `{"type":"Buffer","data":[…]}` |
 * | class instance | its own enumerable properties |
 * | cycle | `"[Circular]"` where it closes |
 * | throwing getter, revoked proxy | `"[Unreadable]"` |
 * | deeper than 200 levels, more than 500,000 parts or 64 Mi characters | `"[Truncated]"` from there on |
 */
export function safeStringify(value: unknown): string {
  try {
    return plain(value) ?? stringifyWithCare(value);
  } catch {
    return UNREADABLE;
  }
}

/** The slow way, which can write everything. */
export function stringifyWithCare(value: unknown): string {
  return new SafeJsonWriter().write(value, 0);
}

/** What the quick way cannot read is read again with care. */
function plain(value: unknown): string | undefined {
  try {
    return stringifyPlain(value);
  } catch {
    return undefined;
  }
}

const UNREADABLE = '"[Unreadable]"';
const TRUNCATED = '"[Truncated]"';
const MAX_DEPTH = 200;
const MAX_NODES = 500_000;
const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_BYTES_LISTED = 10_000;

class SafeJsonWriter {
  readonly #open = new Set<object>();
  #nodes = 0;
  #characters = 0;

  write(value: unknown, depth: number): string {
    if (++this.#nodes > MAX_NODES || this.#characters > MAX_CHARACTERS) return TRUNCATED;
    try {
      return typeof value === "object" && value !== null ? this.#container(value, depth) : this.#primitive(value);
    } catch {
      return UNREADABLE;
    }
  }

  #primitive(value: unknown): string {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "bigint":
        return value.toString();
      case "number":
        return numberJson(value);
      case "undefined":
        return '"[Undefined]"';
      case "function":
        return '"[Function]"';
      case "symbol":
        return JSON.stringify(String(value));
      default:
        return JSON.stringify(value);
    }
  }

  #text(value: string): string {
    this.#characters += value.length;
    return JSON.stringify(value);
  }

  #container(value: object, depth: number): string {
    if (this.#open.has(value)) return '"[Circular]"';
    if (depth >= MAX_DEPTH) return TRUNCATED;
    this.#open.add(value);
    try {
      return this.#contents(value, depth + 1);
    } finally {
      this.#open.delete(value);
    }
  }

  #contents(value: object, depth: number): string {
    if (Array.isArray(value)) return this.#list(value, depth);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return this.#bytes(value, depth);
    if (value instanceof Error) {
      const { name, message, stack } = value;
      return this.#record({ name, message, stack }, depth);
    }
    const custom = callToJson(value);
    if (custom !== undefined && custom.result !== value) return this.write(custom.result, depth);
    if (value instanceof Map) return this.#map(value, depth);
    if (value instanceof Set) return this.#list([...value], depth);
    if (value instanceof Promise) return '"[Promise]"';
    if (value instanceof RegExp) return this.#text(String(value));
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return this.#primitive(value.valueOf());
    }
    return this.#record(value, depth);
  }

  #list(items: readonly unknown[], depth: number): string {
    const parts: string[] = [];
    for (let at = 0; at < items.length; at++) {
      if (this.#nodes > MAX_NODES) {
        parts.push(TRUNCATED);
        break;
      }
      parts.push(this.#part(items, at, depth));
    }
    return `[${parts.join(",")}]`;
  }

  #part(container: object, key: PropertyKey, depth: number): string {
    try {
      return this.write(Reflect.get(container, key), depth);
    } catch {
      return UNREADABLE;
    }
  }

  #record(value: object, depth: number): string {
    const parts: string[] = [];
    for (const key of Object.keys(value)) {
      if (this.#nodes > MAX_NODES) {
        parts.push(`"...":${TRUNCATED}`);
        break;
      }
      parts.push(`${this.#text(key)}:${this.#part(value, key, depth)}`);
    }
    return `{${parts.join(",")}}`;
  }

  #map(map: ReadonlyMap<unknown, unknown>, depth: number): string {
    const entries = [...map];
    if (!entries.every(([key]) => typeof key === "string")) return this.#list(entries, depth);
    return `{${entries.map(([key, item]) => `${this.#text(String(key))}:${this.write(item, depth)}`).join(",")}}`;
  }

  #bytes(value: ArrayBufferView | ArrayBuffer, depth: number): string {
    const bytes = value instanceof ArrayBuffer || value instanceof DataView ? toBytes(value) : value;
    const { length } = bytes as unknown as { length: number };
    const listed = Array.from({ length: Math.min(length, MAX_BYTES_LISTED) }, (_, at) => Reflect.get(bytes, at));
    if (length > listed.length) listed.push(`[${length - listed.length} more]`);
    return typeof Reflect.get(bytes, "toJSON") === "function"
      ? this.#record({ type: "Buffer", data: listed }, depth)
      : this.#list(listed, depth);
  }
}

function toBytes(value: ArrayBuffer | DataView): Uint8Array {
  return value instanceof DataView
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

function callToJson(value: object): { result: unknown } | undefined {
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson !== "function") return undefined;
  try {
    return { result: Reflect.apply(toJson, value, [""]) };
  } catch {
    return undefined;
  }
}
