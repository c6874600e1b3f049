import type { WarmUp } from "./warm-up";

interface AnthropicModule {
  default: new (options: {
    apiKey: string;
    fetch: typeof fetch;
  }) => {
    messages: { create(request: object): Promise<unknown> };
  };
}

const TOOL = { name: "look_up", description: "Looks something up", input_schema: { type: "object", properties: {} } };

/** Two calls, one of them with a tool, through the official SDK: most of the code that a first run would have to compile. */
export const warmUp: WarmUp = async (require, fetch) => {
  const { default: Anthropic } = require("@anthropic-ai/sdk") as AnthropicModule;
  const { messages } = new Anthropic({ apiKey: "warm-up", fetch });
  const request = { model: "claude-3-7-sonnet-20250219", max_tokens: 16, messages: [{ role: "user", content: "Hi" }] };
  await messages.create(request);
  await messages.create({ ...request, tools: [TOOL] });
};
