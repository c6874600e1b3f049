import fc from "fast-check";

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = () =>
  Object.defineProperty({}, "a", {
    enumerable: true,
    get() {
      throw new Error("getter");
    },
  });
const cyclic = () => {
  const value: Record<string, unknown> = { list: [] };
  value.self = value;
  (value.list as unknown[]).push(value);
  return value;
};
const trap = () =>
  new Proxy(
    {},
    {
      get() {
        throw new Error("get");
      },
      ownKeys() {
        throw new Error("ownKeys");
      },
      getPrototypeOf() {
        throw new Error("getPrototypeOf");
      },
    },
  );
class Secret {
  #hidden = 1;
  get shown() {
    return this.#hidden;
  }
}
const special = [
  revoked,
  throwing,
  cyclic,
  trap,
  () => new Secret(),
  () => new Map<unknown, unknown>([[{}, 1n]]),
  () => new Set([Symbol("s")]),
  () => new Uint8Array([1, 2]),
  () => new ArrayBuffer(3),
  () => () => 1,
  () => Symbol("x"),
  () => 2n ** 70n,
  () => new Date(Number.NaN),
  () => new Error("e", { cause: cyclic() }),
  () => Object.create(null),
  () => ({
    toJSON() {
      throw new Error("toJSON");
    },
  }),
  () => ({
    toString() {
      throw new Error("toString");
    },
  }),
  () => Promise.resolve(1),
  () => new WeakMap(),
  () => "\ud800",
  () => -0,
  () => Number.POSITIVE_INFINITY,
];

/**
 * Makers of anything that JavaScript can hold, with a taste for what breaks serialisers. Makers, because fast-check itself
 * looks into the values that it generates.
 */
export const hostile = (): fc.Arbitrary<() => unknown> =>
  fc.oneof(
    {
      arbitrary: fc
        .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, maxDepth: 2 })
        .map((value) => () => value),
      weight: 2,
    },
    { arbitrary: fc.constantFrom(...special), weight: 2 },
    { arbitrary: fc.constantFrom(...special).map((make) => () => ({ messages: [make()], inner: make() })), weight: 1 },
  );
