import { tracedOpenAI } from "mlflow-openai";
import * as mlflow from "mlflow-tracing";
import OpenAI from "openai";

/** The TypeScript counterparts of the Python programs behind the golden traces: the same calls in each language's natural form. */

const client = () => tracedOpenAI(new OpenAI({ apiKey: "test", maxRetries: 0 }));
const { AGENT, CHAIN, TOOL } = mlflow.SpanType;
const MINI = "gpt-4o-mini";
const HARBOUR: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "A line about a harbour." }];
const WEATHER = "What is the weather in Tromsø?";

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _part of stream) {
    // Read to the end, as the Python program does.
  }
}

async function basic(): Promise<void> {
  await client().chat.completions.create({
    model: MINI,
    messages: [
      { role: "system", content: "Answer in one sentence." },
      { role: "user", content: "How many people live in Oslo?" },
    ],
    temperature: 0.2,
    max_tokens: 100,
  });
}

async function stream(): Promise<void> {
  await readAll(await client().chat.completions.create({ model: MINI, messages: HARBOUR, stream: true }));
}

const streamWithUsage = (openai: OpenAI) =>
  openai.chat.completions.create({
    model: MINI,
    messages: HARBOUR,
    stream: true,
    stream_options: { include_usage: true },
  });

async function chatStreamUsage(): Promise<void> {
  await readAll(await streamWithUsage(client()));
}

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "The weather in a city now",
      parameters: {
        type: "object",
        properties: {
          city: { type: "string", description: "Name of the city" },
          unit: { type: "string", enum: ["celsius", "fahrenheit"] },
        },
        required: ["city"],
      },
    },
  },
];

async function streamTools(): Promise<void> {
  const chunks = await client().chat.completions.create({
    model: MINI,
    messages: [{ role: "user", content: WEATHER }],
    tools,
    stream: true,
    stream_options: { include_usage: true },
  });
  await readAll(chunks);
}

async function streamHelper(): Promise<void> {
  const helper = client().chat.completions.stream({
    model: MINI,
    messages: [{ role: "user", content: "Use the helper." }],
    stream_options: { include_usage: true },
  });
  await readAll(helper);
}

const getWeather = mlflow.trace(
  function get_weather(city: string, unit: string) {
    return `${city}: -4 degrees ${unit}, snow`;
  },
  { spanType: TOOL },
);

async function toolAgent(): Promise<void> {
  const openai = client();
  const runAgent = mlflow.trace(
    async function agent(question: string) {
      const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
      for (;;) {
        const reply = await openai.chat.completions.create({ model: MINI, tools, messages });
        const message = reply.choices[0]?.message;
        if (!message?.tool_calls) return message?.content;
        messages.push(message);
        for (const call of message.tool_calls) {
          if (call.type !== "function") continue;
          const { city, unit } = JSON.parse(call.function.arguments) as { city: string; unit: string };
          messages.push({ role: "tool", tool_call_id: call.id, content: getWeather(city, unit) });
        }
      }
    },
    { name: "weather_agent", spanType: AGENT },
  );
  await runAgent(WEATHER);
}

async function concurrent(): Promise<void> {
  const openai = client();
  const say = async (language: string) => {
    const content = `What is a lighthouse? Answer in ${language}.`;
    const reply = await openai.chat.completions.create({ model: MINI, messages: [{ role: "user", content }] });
    return reply.choices[0]?.message.content;
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
    .chat.completions.create({ model: MINI, messages: [{ role: "user", content: "Hello" }] })
    .catch(() => {});
}

async function errorInAgent(): Promise<void> {
  const openai = client();
  const agent = mlflow.trace(
    async function agent(question: string) {
      return await openai.chat.completions.create({
        model: "gpt-4o",
        messages: [{ role: "user", content: question }],
      });
    },
    { spanType: AGENT },
  );
  await agent("Hello").catch(() => {});
}

async function earlyBreak(): Promise<void> {
  const openai = client();
  const read = async () => {
    let seen = 0;
    for await (const _chunk of await openai.chat.completions.create({ model: MINI, messages: HARBOUR, stream: true })) {
      seen++;
      if (seen === 5) break;
    }
    return seen;
  };
  const reader = mlflow.trace(
    async function reader() {
      return await read();
    },
    { spanType: CHAIN },
  );
  await read();
  await reader();
}

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

async function image(): Promise<void> {
  await client().chat.completions.create({
    model: "gpt-4o",
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "What do the pictures show?" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${PIXEL}` } },
          { type: "image_url", image_url: { url: "https://pictures.example/red.png", detail: "low" } },
        ],
      },
    ],
  });
}

async function multiTurn(): Promise<void> {
  const openai = client();
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "system", content: "You remember names." }];
  const turn = async (text: string) => {
    mlflow.updateCurrentTrace({
      metadata: { "mlflow.trace.session": "session-1", "mlflow.trace.user": "kari" },
      tags: { stage: "test" },
    });
    messages.push({ role: "user", content: text });
    const reply = await openai.chat.completions.create({ model: MINI, messages });
    const message = reply.choices[0]?.message;
    if (message) messages.push(message);
    return message?.content;
  };
  for (const text of ["Hello, I am Kari.", "What is my name?", "How do you know?"]) {
    await mlflow.withSpan(() => turn(text), { name: "turn", spanType: CHAIN, inputs: { text } });
  }
}

async function responses(): Promise<void> {
  await client().responses.create({
    model: MINI,
    instructions: "Answer in one sentence.",
    input: "What does a lighthouse do?",
    max_output_tokens: 100,
  });
}

async function responsesStream(): Promise<void> {
  const input: OpenAI.Responses.ResponseInput = [{ role: "user", content: "A line about a harbour." }];
  await readAll(await client().responses.create({ model: MINI, input, stream: true }));
}

async function responsesReasoning(): Promise<void> {
  const events = await client().responses.create({
    model: "o4-mini",
    input: "What is 27 * 453?",
    reasoning: { effort: "low", summary: "auto" },
    stream: true,
  });
  await readAll(events);
}

async function streamAfterParent(): Promise<void> {
  const outer = mlflow.startSpan({ name: "outer", spanType: AGENT });
  const chunks = await mlflow.withActiveSpan(outer, () => streamWithUsage(client()));
  outer.end();
  // The root span has ended; only now is the stream read.
  await readAll(chunks);
}

async function rawResponse(): Promise<void> {
  await client()
    .chat.completions.create({ model: MINI, messages: [{ role: "user", content: "Raw" }] })
    .withResponse();
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  basic,
  stream,
  "chat-stream-usage": chatStreamUsage,
  "stream-tools": streamTools,
  "stream-helper": streamHelper,
  tools: toolAgent,
  concurrent,
  error,
  "error-in-agent": errorInAgent,
  "early-break": earlyBreak,
  image,
  "multi-turn": multiTurn,
  responses,
  "responses-stream": responsesStream,
  "responses-reasoning": responsesReasoning,
  "stream-after-parent": streamAfterParent,
  "raw-response": rawResponse,
};
