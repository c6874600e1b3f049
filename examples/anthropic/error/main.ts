import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());

const tools: Record<string, (input: unknown) => string> = {
  get_weather: () => "sunny",
};

const agent = mlflow.trace(
  async (question: string) => {
    const reply = await client.messages.create({
      model: "claude-3-7-sonnet-20250219",
      max_tokens: 1024,
      // The model is offered a tool that nobody has written.
      tools: [{ name: "get_tide", description: "Tide table of a port", input_schema: { type: "object" } }],
      messages: [{ role: "user", content: question }],
    });
    for (const block of reply.content) {
      if (block.type !== "tool_use") continue;
      const tool = tools[block.name];
      if (!tool) throw new Error(`Unknown tool: ${block.name}`);
      tool(block.input);
    }
  },
  { name: "harbour_agent", spanType: mlflow.SpanType.AGENT },
);

try {
  await agent("When is high tide in Bergen?");
} catch (error) {
  console.error("The agent failed:", (error as Error).message);
}
