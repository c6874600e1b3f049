import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";
import { type Adapter, stubFetch } from "../adapter";

export function createAdapter(): Adapter {
  const received = stubFetch(/name="post\./g, "{}");
  const client = new Client({ apiKey: "key", apiUrl: "http://stub.test", autoBatchTracing: true });
  return {
    received,
    flush: async () => void (await client.awaitPendingTraceBatches()),
    wrap: (name, fn) => traceable(fn as never, { name, client, tracingEnabled: true }) as never,
  };
}
