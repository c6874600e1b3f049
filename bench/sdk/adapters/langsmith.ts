import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";
import { type Adapter, stubFetch } from "../adapter";

export function createAdapter(): Adapter {
  stubFetch(/./g, "{}");
  const client = new Client({ apiKey: "key", apiUrl: "http://stub.test", autoBatchTracing: true });
  return {
    // Its batches are compressed.
    received: () => null,
    flush: async () => void (await client.awaitPendingTraceBatches()),
    wrap: (name, fn) => traceable(fn as never, { name, client, tracingEnabled: true }) as never,
  };
}
