import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

/** The TypeScript counterparts of the Python programs behind the golden traces: the same calls in each language's natural form. */

const client = () => tracedAnthropic(new Anthropic({ apiKey: "test", maxRetries: 0 }));
const { AGENT, CHAIN, TOOL } = mlflow.SpanType;
const SONNET = "claude-sonnet-4-5-20250929";

async function basic(): Promise<void> {
  await client().messages.create({
    model: SONNET,
    max_tokens: 256,
    system: "Answer in one sentence.",
    messages: [{ role: "user", content: "How many people live in Oslo?" }],
  });
}

async function asynchronous(): Promise<void> {
  await client().messages.create({
    model: SONNET,
    max_tokens: 256,
    messages: [{ role: "user", content: "What is Bergen known for?" }],
    metadata: { user_id: "user-7" },
    stop_sequences: ["END"],
  });
}

const tools: Anthropic.Tool[] = [
  {
    name: "get_weather",
    description: "The weather in a city now",
    input_schema: {
      type: "object",
      properties: {
        city: { type: "string", description: "Name of the city" },
        unit: { type: "string", enum: ["celsius", "fahrenheit"] },
      },
      required: ["city"],
    },
  },
];

const getWeather = mlflow.trace(
  function get_weather(city: string, unit: string) {
    return `${city}: -4 degrees ${unit}, snow`;
  },
  { spanType: TOOL },
);

async function toolAgent(): Promise<void> {
  const anthropic = client();
  const runAgent = mlflow.trace(
    async function agent(question: string) {
      const messages: Anthropic.MessageParam[] = [{ role: "user", content: question }];
      for (;;) {
        const reply = await anthropic.messages.create({
          model: SONNET,
          max_tokens: 512,
          tools,
          messages: [...messages],
        });
        const [first] = reply.content;
        if (reply.stop_reason !== "tool_use") return first?.type === "text" ? first.text : "";
        const results = reply.content
          .filter((block) => block.type === "tool_use")
          .map((call) => {
            const { city, unit } = call.input as { city: string; unit: string };
            return { type: "tool_result" as const, tool_use_id: call.id, content: getWeather(city, unit) };
          });
        messages.push({ role: "assistant", content: reply.content }, { role: "user", content: results });
      }
    },
    { name: "weather_agent", spanType: AGENT },
  );
  await runAgent("What is the weather in Tromsø?");
}

async function concurrent(): Promise<void> {
  const anthropic = client();
  const say = async (language: string) => {
    const reply = await anthropic.messages.create({
      model: "claude-haiku-4-5-20251001",
      max_tokens: 64,
      messages: [{ role: "user", content: `What is a lighthouse? Answer in ${language}.` }],
    });
    const [first] = reply.content;
    return first?.type === "text" ? first.text : "";
  };
  const main = mlflow.trace(
    async function main() {
      return await Promise.all([say("French"), say("German"), say("Danish")]);
    },
    { name: "languages", spanType: CHAIN },
  );
  await main();
}

async function error(): Promise<void> {
  await client()
    .messages.create({ model: SONNET, max_tokens: 0, messages: [{ role: "user", content: "Hello" }] })
    .catch(() => {});
}

async function stream(): Promise<void> {
  const events = await client().messages.create({
    model: SONNET,
    max_tokens: 256,
    messages: [{ role: "user", content: "A line about a harbour." }],
    stream: true,
  });
  for await (const _event of events) {
    // Read to the end, as the Python program does.
  }
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  basic,
  async: asynchronous,
  tools: toolAgent,
  concurrent,
  error,
  stream,
};
