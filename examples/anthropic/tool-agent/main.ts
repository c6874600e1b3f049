import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());
const { AGENT, CHAIN, TOOL } = mlflow.SpanType;

// A tool is a span too.
const getWeather = mlflow.trace(
  (city: string) => {
    if (city === "Tokyo") return "sunny";
    if (city === "Paris") return "rainy";
    return "unknown";
  },
  { name: "get_weather", spanType: TOOL },
);

const tools: Anthropic.Tool[] = [
  {
    name: "get_weather",
    description: "Get the current weather in a city",
    input_schema: {
      type: "object",
      properties: { city: { type: "string", description: "Name of the city" } },
      required: ["city"],
    },
  },
];

function runTool(call: Anthropic.ToolUseBlock): Anthropic.ToolResultBlockParam {
  if (call.name !== "get_weather") throw new Error(`Unknown tool: ${call.name}`);
  const { city } = call.input as { city: string };
  return { type: "tool_result", tool_use_id: call.id, content: getWeather(city) };
}

// Ask, run every tool the model wants, tell it the results, ask again.
async function answer(question: string) {
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: question }];
  while (true) {
    const reply = await client.messages.create({
      model: "claude-3-7-sonnet-20250219",
      max_tokens: 1024,
      tools,
      messages,
    });
    if (reply.stop_reason !== "tool_use") {
      return reply.content.map((block) => (block.type === "text" ? block.text : "")).join("");
    }
    const calls = reply.content.filter((block) => block.type === "tool_use");
    messages.push({ role: "assistant", content: reply.content });
    messages.push({ role: "user", content: calls.map(runTool) });
  }
}

const cities = ["Tokyo", "Paris", "Sydney"];

// One agent per city, all at once: each has a span of its own.
const ask = (city: string) =>
  mlflow.withSpan(() => answer(`What is the weather in ${city}?`), {
    name: city,
    spanType: AGENT,
    inputs: { city },
  });

const answers = await mlflow.withSpan(() => Promise.all(cities.map(ask)), {
  name: "weather_report",
  spanType: CHAIN,
  inputs: { cities },
});

for (const text of answers) console.log(text);
