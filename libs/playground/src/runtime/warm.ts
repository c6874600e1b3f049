import { createMockFetch, instantClock } from "@tracebook/mock-providers";
import type { ServiceModule } from "./environment";
import type { Registry } from "./registry";

const SERVICE = /^service:/;

/**
 * Runs the loaded packages once and exercises them, before a reader presses Run. Nothing that fails here matters: the
 * program will meet the failure itself, and tell.
 */
export async function warmRealm(registry: Registry): Promise<void> {
  registry.preload();
  for (const name of registry.names().filter((candidate) => SERVICE.test(candidate))) {
    try {
      const { createService, warmUp } = registry.require(name) as ServiceModule;
      const fetch = createMockFetch({ services: [createService({ latency: "off" })], clock: instantClock });
      await warmUp(registry.require, fetch);
    } catch {
      // e.g. a service that is mocked without its SDK being imported.
    }
  }
}
