/** Requests that are hard to read or to store, made of a proper one. */
export const HOSTILE_REQUESTS: Readonly<Record<string, (request: unknown) => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  "a number": () => 7,
  "a BigInt": (request) => withExtra(request, 12n),
  "a cycle": (request) => {
    const cyclic = withExtra(request, undefined);
    return Object.assign(cyclic, { testkit: cyclic });
  },
  "a function, a symbol and undefined": (request) =>
    withExtra(request, { call: () => 1, mark: Symbol("x"), none: undefined }),
  "a getter that throws": (request) => withGetter(request, true),
  "a hidden getter that throws": (request) => withGetter(request, false),
  "a revoked proxy": (request) => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return withExtra(request, proxy);
  },
  "toJSON that throws": (request) => {
    return withExtra(request, {
      toJSON() {
        throw new Error("testkit: toJSON");
      },
    });
  },
  "an object without prototype": (request) => Object.assign(Object.create(null), request),
};

function withExtra(request: unknown, testkit: unknown): Record<string, unknown> {
  return { ...(request as object), testkit };
}

function withGetter(request: unknown, enumerable: boolean): object {
  return Object.defineProperty(withExtra(request, 1), "testkit", {
    enumerable,
    get() {
      throw new Error("testkit: getter");
    },
  });
}
