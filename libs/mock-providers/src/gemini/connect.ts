import { GoogleGenAI } from "@google/genai/web";
import { instantClock } from "../clock";
import type { Exchange } from "../contract";
import { createMockFetch } from "../http";
import { createGemini } from "./service";

interface ConnectOptions {
  readonly apiKey?: string;
  readonly apiVersion?: string;
}

/** The official SDK, unmodified, as built for browsers, in front of the mock. For tests only. */
export function connect(script?: unknown, { apiKey = "mock-key", apiVersion = "v1beta" }: ConnectOptions = {}) {
  const exchanges: Exchange[] = [];
  const fetch = createMockFetch({
    services: [createGemini({ script })],
    clock: instantClock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { client: new GoogleGenAI({ apiKey, apiVersion, httpOptions: { fetch } }), exchanges };
}
