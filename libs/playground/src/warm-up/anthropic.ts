import type Anthropic from "@anthropic-ai/sdk";
import type { WarmUp } from "./warm-up";

type AnthropicModule = typeof import("@anthropic-ai/sdk");
type Integration = typeof import("mlflow-anthropic");
type Tracing = typeof import("mlflow-tracing");

const ROUNDS = 6;
const REQUEST: Anthropic.MessageCreateParamsNonStreaming = {
  model: "claude-3-7-sonnet-20250219",
  max_tokens: 64,
  messages: [{ role: "user", content: "What is the weather in Oslo?" }],
  tools: [
    {
      name: "get_weather",
      description: "Weather in a city",
      input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  ],
};

/** A few traced calls with a tool, at the same time, sent to a tracking server: what most first runs do. */
export const warmUp: WarmUp = async (require) => {
  const { default: Client } = require("@anthropic-ai/sdk") as AnthropicModule;
  const { tracedAnthropic } = require("mlflow-anthropic") as Integration;
  const mlflow = require("mlflow-tracing") as Tracing;
  mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });
  try {
    const client = tracedAnthropic(new Client({ apiKey: "warm-up" }));
    const tool = mlflow.trace((city: string) => city, { name: "tool", spanType: mlflow.SpanType.TOOL });
    const agent = mlflow.trace(async (round: number) => {
      const { content } = await client.messages.create(REQUEST);
      const results = content
        .filter((block) => block.type === "tool_use")
        .map((call) => ({ type: "tool_result" as const, tool_use_id: call.id, content: tool(String(round)) }));
      const turns = [
        { role: "assistant" as const, content },
        { role: "user" as const, content: results },
      ];
      return client.messages.create({ ...REQUEST, messages: [...REQUEST.messages, ...turns] });
    });
    await mlflow.withSpan(() => Promise.all(Array.from({ length: ROUNDS }, (_, round) => agent(round))));
  } finally {
    await mlflow.shutdown();
  }
};
