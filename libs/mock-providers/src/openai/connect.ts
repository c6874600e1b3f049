import OpenAI from "openai";
import { instantClock } from "../clock";
import type { Exchange } from "../contract";
import { createMockFetch } from "../http";
import { createOpenAI } from "./service";

interface ConnectOptions {
  readonly apiKey?: string;
  readonly maxRetries?: number;
}

/** The official SDK, unmodified, in front of the mock. For tests only. */
export function connect(script?: unknown, { apiKey = "sk-mock", maxRetries = 0 }: ConnectOptions = {}) {
  const exchanges: Exchange[] = [];
  const fetch = createMockFetch({
    services: [createOpenAI({ script })],
    clock: instantClock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { client: new OpenAI({ apiKey, maxRetries, fetch }), exchanges };
}

export const WEATHER = {
  name: "get_weather",
  description: "The weather in a city now",
  parameters: {
    type: "object",
    properties: { city: { type: "string" }, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
    required: ["city"],
  },
};
