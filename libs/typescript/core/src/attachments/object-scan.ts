import { findInlineBinary, type InlineBinary, type Place } from "./inline-binary.js";

/** Values that one scan looks at; beyond, everything stays as it is. */
export const MAX_SCANNED_VALUES = 500_000;

/** A property through which an object was reached. */
interface Link {
  readonly holder: object;
  readonly key: string;
}

interface Visit {
  readonly object: object;
  readonly key: string;
  readonly parent: object | undefined;
}

/** Inline binary and the property that has it. */
export interface FoundBinary extends Link {
  readonly binary: InlineBinary;
}

/**
 * Looks through the arrays and objects below `root` once each, so that cycles and shared parts cost nothing, and without
 * recursion, so that depth does not matter. Objects with a `toJSON` are left alone, as their JSON is not made of their
 * properties; so are properties that throw when read.
 */
export class ObjectScan {
  readonly found: FoundBinary[] = [];
  /** Whether the limit was reached. */
  incomplete = false;
  /** Lists that were left alone for their length, which may be next to nothing but holes. */
  tooLong = 0;
  readonly #links = new Map<object, Link[]>();
  readonly #queue: Visit[] = [];
  #values = 0;

  constructor(root: object) {
    this.#links.set(root, []);
    this.#queue.push({ object: root, key: "", parent: undefined });
    for (let at = 0; at < this.#queue.length && !this.incomplete; at++) {
      const visit = this.#queue[at];
      if (visit) this.#visit(visit);
    }
  }

  /** The properties through which `object` can be reached. */
  linksTo(object: object): readonly Link[] {
    return this.#links.get(object) ?? [];
  }

  #visit(visit: Visit): void {
    const { object } = visit;
    try {
      if (Array.isArray(object)) {
        for (let at = 0; at < object.length && this.#isWithinLimit(); at++) this.#property(at, visit);
        return;
      }
      for (const key of Object.keys(object)) if (this.#isWithinLimit()) this.#property(key, visit);
    } catch {
      // A proxy that refuses to be listed stays as it is.
    }
  }

  #isWithinLimit(): boolean {
    if (++this.#values > MAX_SCANNED_VALUES) this.incomplete = true;
    return !this.incomplete;
  }

  #property(key: string | number, visit: Visit): void {
    try {
      const value = (visit.object as Record<string | number, unknown>)[key];
      // Most long lists are of numbers: nothing is made for those.
      if (typeof value === "string" || typeof value === "object") this.#value(value, String(key), visit);
    } catch {
      // It throws for whoever reads it.
    }
  }

  #value(value: unknown, key: string, { object: holder, key: holderKey, parent }: Visit): void {
    const place: Place = { key, holder, holderKey, parent };
    const binary = findInlineBinary(value, place);
    if (binary) this.found.push({ holder, key, binary });
    else if (typeof value === "object" && value !== null) this.#reach(value, place);
  }

  #reach(object: object, { holder, key }: Place): void {
    const known = this.#links.get(object);
    if (known) {
      known.push({ holder, key });
      return;
    }
    if (!isOpen(object)) return;
    if (Array.isArray(object) && object.length > MAX_SCANNED_VALUES) {
      this.tooLong++;
      return;
    }
    this.#links.set(object, [{ holder, key }]);
    this.#queue.push({ object, key, parent: holder });
  }
}

function isOpen(object: object): boolean {
  if (Array.isArray(object)) return true;
  return !ArrayBuffer.isView(object) && typeof Reflect.get(object, "toJSON") !== "function";
}
