import type { ObjectScan } from "./object-scan.js";

/** A property and its new value. */
export interface Replacement {
  readonly holder: object;
  readonly key: string;
  readonly value: unknown;
}

/**
 * A copy of `root` with other values at some places. Only the objects from which those can be reached are copied, each
 * once, so that parts stay shared and cycles closed; all others are the very same. `root` is not changed.
 */
export function replaceParts<T extends object>(root: T, scan: ObjectScan, replacements: readonly Replacement[]): T {
  const copies = copyUpwards(
    scan,
    replacements.map(({ holder }) => holder),
  );
  for (const { holder, key, value } of replacements) assign(copies, holder, key, value);
  for (const [original, copy] of copies) {
    for (const { holder, key } of scan.linksTo(original)) assign(copies, holder, key, copy);
  }
  return (copies.get(root) ?? root) as T;
}

/** Copies of the given objects and of all from which they can be reached. */
function copyUpwards(scan: ObjectScan, changed: readonly object[]): Map<object, object> {
  const copies = new Map<object, object>();
  const queue = [...changed];
  for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
    if (copies.has(object)) continue;
    copies.set(object, copyOf(object));
    for (const { holder } of scan.linksTo(object)) queue.push(holder);
  }
  return copies;
}

/** A copy whose properties can be set, whether those of the original are frozen, computed or neither. */
function copyOf(object: object): object {
  if (Array.isArray(object)) return Array.prototype.slice.call(object);
  const properties = Object.getOwnPropertyDescriptors(object);
  for (const property of Object.values(properties)) property.configurable = true;
  return Object.create(Object.getPrototypeOf(object), properties);
}

function assign(copies: ReadonlyMap<object, object>, holder: object, key: string, value: unknown): void {
  const copy = copies.get(holder);
  if (copy) Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
}
