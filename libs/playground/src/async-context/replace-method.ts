/** Takes a patch back. Calling it again does nothing. */
export type Undo = () => void;

/** Any function, as far as a patch knows. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Puts `wrap(native)` in the place of a method; name, length and further properties of the native one are kept.
 * Where there is no such method, nothing happens. The undo leaves a method alone that somebody else has put on top.
 */
export function replaceMethod(owner: object | undefined, name: string, wrap: (native: Method) => Method): Undo {
  const native: unknown = owner && Reflect.get(owner, name);
  if (owner === undefined || typeof native !== "function") return () => {};
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const replacement = wrap(native as Method);
  copyProperties(native, replacement);
  const shape = own ?? { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(owner, name, { ...shape, value: replacement });
  return () => {
    if (Reflect.get(owner, name) !== replacement) return;
    if (own) Object.defineProperty(owner, name, own);
    else Reflect.deleteProperty(owner, name);
  };
}

/** Node.js keeps the promise forms of its timers in properties of the functions. */
function copyProperties(from: object, to: object): void {
  for (const key of Reflect.ownKeys(from)) {
    const descriptor = Object.getOwnPropertyDescriptor(from, key);
    if (key !== "prototype" && descriptor) Reflect.defineProperty(to, key, descriptor);
  }
}
