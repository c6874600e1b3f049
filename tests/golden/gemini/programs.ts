import { type CallableTool, GoogleGenAI } from "@google/genai";
import { tracedGemini } from "mlflow-gemini";
import * as mlflow from "mlflow-tracing";

/** The TypeScript counterparts of the Python programs behind the golden traces: the same calls in each language's natural form. */

const client = () => tracedGemini(new GoogleGenAI({ apiKey: "test" }));
const { AGENT, CHAIN } = mlflow.SpanType;
const FLASH = "gemini-2.5-flash";

async function basic(): Promise<void> {
  await client().models.generateContent({
    model: FLASH,
    contents: "How many people live in Oslo?",
    config: { systemInstruction: "Answer in one sentence.", temperature: 0.2, maxOutputTokens: 100 },
  });
}

async function asynchronous(): Promise<void> {
  const { models } = client();
  const request = { model: FLASH, contents: "What is Bergen known for?" };
  await models.generateContent(request);
  await models.countTokens(request);
}

async function stream(): Promise<void> {
  const { models } = client();
  const read = async () => {
    let text = "";
    for await (const chunk of await models.generateContentStream({
      model: FLASH,
      contents: "A line about a harbour.",
    })) {
      text += chunk.text ?? "";
    }
    return text;
  };
  const runAgent = mlflow.trace(
    async function agent() {
      return await read();
    },
    { name: "agent", spanType: AGENT },
  );
  await read();
  await runAgent();
}

async function chat(): Promise<void> {
  const session = client().chats.create({ model: FLASH });
  for (const message of ["Hello, I am Kari.", "What is my name?"]) await session.sendMessage({ message });
}

/** Python makes the declaration from the function's signature; in TypeScript it is written down. */
const getWeather: CallableTool = {
  tool: async () => ({
    functionDeclarations: [
      {
        name: "get_weather",
        description: "The weather in a city now",
        parametersJsonSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        responseJsonSchema: { type: "string" },
      },
    ],
  }),
  callTool: async (calls) =>
    calls.map(({ name, args }) => ({
      functionResponse: { name, response: { result: `${args?.city}: -4 degrees, snow` } },
    })),
};

async function tools(): Promise<void> {
  const { models } = client();
  const runAgent = mlflow.trace(
    async function agent(question: string) {
      return (await models.generateContent({ model: FLASH, contents: question, config: { tools: [getWeather] } })).text;
    },
    { name: "weather_agent", spanType: AGENT },
  );
  await runAgent("What is the weather in Tromsø?");
}

async function error(): Promise<void> {
  await client()
    .models.generateContent({ model: FLASH, contents: "Hello" })
    .catch(() => {});
}

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

async function imageAndThinking(): Promise<void> {
  await client().models.generateContent({
    model: FLASH,
    contents: [{ inlineData: { data: PIXEL, mimeType: "image/png" } }, "What is 27 * 453, as in the picture?"],
    config: { thinkingConfig: { thinkingBudget: 512, includeThoughts: true } },
  });
}

async function concurrent(): Promise<void> {
  const { models } = client();
  const say = async (language: string) => {
    const contents = `What is a lighthouse? Answer in ${language}.`;
    return (await models.generateContent({ model: FLASH, contents })).text;
  };
  const main = mlflow.trace(
    async function main() {
      return await Promise.all([say("French"), say("German"), say("Danish")]);
    },
    { name: "languages", spanType: CHAIN },
  );
  await main();
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  basic,
  async: asynchronous,
  stream,
  chat,
  tools,
  error,
  "image-and-thinking": imageAndThinking,
  concurrent,
};
