import Anthropic from "@anthropic-ai/sdk";
import { jsonSchemaOutputFormat } from "@anthropic-ai/sdk/helpers/json-schema";
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

async function retry(): Promise<void> {
  await tracedAnthropic(new Anthropic({ apiKey: "test" })).messages.create({
    model: SONNET,
    max_tokens: 64,
    messages: [{ role: "user", content: "Try again" }],
  });
}

/** The schema as Python makes it of the class `Person`, and the one that is written down there. */
const TITLED = {
  type: "object",
  title: "Person",
  properties: { name: { type: "string", title: "Name" }, born: { type: "integer", title: "Born" } },
  additionalProperties: false,
  required: ["name", "born"],
} as const;
const SCHEMA = {
  type: "object",
  properties: { name: { type: "string" }, born: { type: "integer" } },
  required: ["name", "born"],
  additionalProperties: false,
};

async function structured(): Promise<void> {
  const { messages } = client();
  const options = { model: SONNET, max_tokens: 128 };
  const people = mlflow.trace(
    async function people() {
      const parsed = await messages.parse({
        ...options,
        messages: [{ role: "user", content: "Ada Lovelace, born 1815" }],
        output_config: { format: jsonSchemaOutputFormat(TITLED) },
      });
      const created = await messages.create({
        ...options,
        messages: [{ role: "user", content: "Alan Turing, born 1912" }],
        output_config: { format: { type: "json_schema", schema: SCHEMA } },
      });
      const [first] = created.content;
      return [parsed.parsed_output, first?.type === "text" ? first.text : ""];
    },
    { name: "people", spanType: CHAIN },
  );
  await people();
}

async function thinking(): Promise<void> {
  const { messages } = client();
  const options = { model: SONNET, max_tokens: 2048, thinking: { type: "enabled", budget_tokens: 1024 } } as const;
  const calculation = mlflow.trace(
    async function calculation() {
      const turns: Anthropic.MessageParam[] = [{ role: "user", content: "What is 27 * 453?" }];
      const first = await messages.create({ ...options, messages: turns });
      turns.push({ role: "assistant", content: first.content }, { role: "user", content: "Is it odd?" });
      const second = await messages.create({ ...options, messages: turns });
      return [...first.content, ...second.content].map(({ type }) => type);
    },
    { name: "calculation", spanType: CHAIN },
  );
  await calculation();
}

async function streamHelper(): Promise<void> {
  const anthropic = client();
  const ask = async (text: string) => {
    const messages = [{ role: "user" as const, content: text }];
    return await anthropic.messages.stream({ model: SONNET, max_tokens: 256, messages }).finalText();
  };
  const runAgent = mlflow.trace(
    async function agent(text: string) {
      return await ask(text);
    },
    { name: "agent", spanType: AGENT },
  );
  await ask("Outside a span");
  await runAgent("Inside a span");
}

async function rawAndBeta(): Promise<void> {
  const anthropic = client();
  const options = { model: SONNET, max_tokens: 64 };
  await anthropic.messages.create({ ...options, messages: [{ role: "user", content: "Raw" }] }).withResponse();
  await anthropic.beta.messages.create({
    ...options,
    messages: [{ role: "user", content: "Beta" }],
    betas: ["context-1m-2025-08-07"],
  });
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  basic,
  async: asynchronous,
  tools: toolAgent,
  concurrent,
  error,
  stream,
  retry,
  structured,
  thinking,
  "stream-helper": streamHelper,
  "raw-and-beta": rawAndBeta,
};
