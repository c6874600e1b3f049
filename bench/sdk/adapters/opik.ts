import { type Adapter, stubFetch } from "../adapter";

export async function createAdapter(): Promise<Adapter> {
  Object.assign(process.env, {
    OPIK_URL_OVERRIDE: "http://stub.test/api",
    OPIK_API_KEY: "key",
    OPIK_LOG_LEVEL: "ERROR",
  });
  const received = stubFetch(/"start_time"/g, "{}");
  const { flushAll, track } = await import("opik");
  return { received, flush: () => flushAll(), wrap: (name, fn) => track({ name }, fn as never) as never };
}
