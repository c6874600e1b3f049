import { createMockFetch, createTrackingServer, instantClock } from "@tracebook/mock-providers";
import * as v from "valibot";
import { TraceSchema } from "../contract";
import type { ServiceModule } from "./environment";
import type { Registry } from "./registry";

const SERVICE = /^service:/;

/**
 * Runs the loaded packages once and exercises them, before a reader presses Run. Nothing that fails here matters: the
 * program will meet the failure itself, and tell.
 */
export async function warmRealm(registry: Registry): Promise<void> {
  registry.preload();
  const own = globalThis.fetch;
  const trackingServer = createTrackingServer();
  for (const name of registry.names().filter((candidate) => SERVICE.test(candidate))) {
    try {
      const { createService, warmUp } = registry.require(name) as ServiceModule;
      const services = [createService({ latency: "off" }), trackingServer];
      globalThis.fetch = createMockFetch({ services, clock: instantClock });
      await warmUp(registry.require);
      for (const { info, spans } of trackingServer.list()) v.safeParse(TraceSchema, { info, data: { spans } });
    } catch {
      // e.g. a service that is mocked without its SDK being imported.
    }
  }
  globalThis.fetch = own;
}
