/** Called in place of a method: `call` runs the original with other arguments or the same ones. */
export type MethodWrapper = (call: (...args: unknown[]) => unknown, args: unknown[]) => unknown;

/**
 * A view of `target` in which the methods at the given paths are wrapped. Paths are property names joined by dots, so that
 * minified class names do not matter. Everything else passes through to `target`, methods with the right `this`; `target`
 * itself is not changed.
 *
 * @example wrapMethods(client, { "messages.create": (call, args) => withSpan(() => call(...args)) })
 */
export function wrapMethods<T extends object>(target: T, wrappers: Readonly<Record<string, MethodWrapper>>): T {
  return view(target, "", new Map(Object.entries(wrappers))) as T;
}

function view(target: object, path: string, wrappers: ReadonlyMap<string, MethodWrapper>): object {
  const seen = new Map<PropertyKey, { original: unknown; shown: unknown }>();
  const show = (key: PropertyKey, original: unknown): unknown => {
    const known = seen.get(key);
    if (known && known.original === original) return known.shown;
    const shown = showProperty(target, typeof key === "string" ? path + key : "", original, wrappers);
    seen.set(key, { original, shown });
    return shown;
  };
  return new Proxy(target, {
    get(_, key) {
      const value: unknown = Reflect.get(target, key, target);
      return isFixed(target, key) ? value : show(key, value);
    },
    set: (_, key, value) => Reflect.set(target, key, value, target),
  });
}

function showProperty(
  target: object,
  path: string,
  value: unknown,
  wrappers: ReadonlyMap<string, MethodWrapper>,
): unknown {
  if (typeof value === "function") {
    if (path === "constructor" || path.endsWith(".constructor")) return value;
    const wrapper = path === "" ? undefined : wrappers.get(path);
    return wrapper ? wrapMethod(target, value, wrapper) : bindMethod(target, value);
  }
  const leadsOn = path !== "" && [...wrappers.keys()].some((known) => known.startsWith(`${path}.`));
  return leadsOn && typeof value === "object" && value !== null ? view(value, `${path}.`, wrappers) : value;
}

function wrapMethod(target: object, method: unknown, wrapper: MethodWrapper): unknown {
  const original = method as (...args: unknown[]) => unknown;
  const wrapped = (...args: unknown[]): unknown =>
    wrapper((...others) => Reflect.apply(original, target, others), args);
  Object.defineProperty(wrapped, "name", { value: original.name, configurable: true });
  Object.defineProperty(wrapped, "length", { value: original.length, configurable: true });
  return wrapped;
}

/** Bound to the real object, whose private fields a view does not have. Static-like properties of the function are kept. */
function bindMethod(target: object, method: unknown): unknown {
  const original = method as (...args: unknown[]) => unknown;
  return Object.assign((...args: unknown[]) => Reflect.apply(original, target, args), original);
}

/** A proxy must show these exactly as they are. */
function isFixed(target: object, key: PropertyKey): boolean {
  const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
  return descriptor !== undefined && !descriptor.configurable && !descriptor.writable && "value" in descriptor;
}
