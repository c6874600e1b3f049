import { createAnthropic } from "./anthropic";
import type { MockService } from "./contract";
import { createGemini } from "./gemini";
import { createOpenAI } from "./openai";
import { createTrackingServer } from "./tracking-server";

/** What an engine knows when it makes a service. */
export interface ServiceOptions {
  /** Replies for the service, in its own schema; services without replies ignore it. */
  readonly script?: unknown;
  readonly latency?: "simulated" | "off";
}

export type ServiceFactory = (options: ServiceOptions) => MockService;

/** Every mocked service by name. A new provider is one folder and one line here. */
export const SERVICES: Readonly<Record<string, ServiceFactory>> = {
  anthropic: createAnthropic,
  openai: createOpenAI,
  gemini: createGemini,
  "tracking-server": () => createTrackingServer(),
};
