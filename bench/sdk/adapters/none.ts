import type { Adapter } from "../adapter";

/** No tracing at all: what the calls themselves cost. */
export function createAdapter(): Adapter {
  return { received: () => null, flush: async () => {}, wrap: (_name, fn) => fn as never };
}
