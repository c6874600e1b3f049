import { createOpenAI as createProvider } from "@ai-sdk/openai";
import { HumanMessage } from "@langchain/core/messages";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embedMany, generateObject, generateText, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { instantClock } from "../clock";
import { createMockFetch } from "../http";
import { createOpenAI } from "./index";

const City = z.object({ city: z.string() });
const Person = z.object({ name: z.string(), born: z.int() });
const mockFetch = (script?: unknown): typeof fetch =>
  createMockFetch({ services: [createOpenAI({ script })], clock: instantClock });

describe("the AI SDK in front of the mock", () => {
  const provider = (script?: unknown) => createProvider({ apiKey: "k", fetch: mockFetch(script) });
  const weather = tool({
    description: "The weather in a city",
    inputSchema: City,
    execute: async ({ city }) => `snow in ${city}`,
  });

  it.each(["chat", "responses"] as const)("goes through rounds of tools, by %s, streamed or not", async (endpoint) => {
    const request = {
      model: provider()[endpoint]("gpt-4o-mini"),
      prompt: "What is the weather in Oslo?",
      tools: { get_weather: weather },
      stopWhen: stepCountIs(3),
    };
    const { text, steps, totalUsage } = await generateText(request);
    expect(text).toBe("The weather in Oslo: snow in Oslo.");
    expect(steps).toHaveLength(2);
    expect(totalUsage.totalTokens).toBeGreaterThan(20);
    expect(await streamText(request).text).toBe(text);
  });

  it.each(["chat", "responses"] as const)("gets objects, by %s", async (endpoint) => {
    const model = provider()[endpoint]("gpt-4o-mini");
    const { object } = await generateObject({ model, schema: Person, prompt: "Ada Lovelace, born 1815" });
    expect(object).toEqual({ name: "Ada Lovelace", born: 1815 });
  });

  it("gets reasoning and embeddings", async () => {
    const { reasoningText } = await generateText({
      model: provider([{ reply: { text: "Yes.", thinking: "Let me see." } }])("o4-mini"),
      prompt: "Is it?",
      providerOptions: { openai: { reasoningSummary: "auto" } },
    });
    expect(reasoningText).toBe("Let me see.");
    const model = provider().embedding("text-embedding-3-small");
    const { embeddings } = await embedMany({ model, values: ["one", "two"] });
    expect(embeddings.map(({ length }) => length)).toEqual([1536, 1536]);
  });
});

describe("LangChain in front of the mock", () => {
  const chat = (script?: unknown, more: object = {}) =>
    new ChatOpenAI({
      model: "gpt-4o-mini",
      apiKey: "k",
      maxRetries: 0,
      configuration: { fetch: mockFetch(script) },
      ...more,
    });
  const weather = langchainTool(({ city }) => `snow in ${city}`, {
    name: "get_weather",
    description: "The weather in a city",
    schema: City,
  });

  it.each([false, true])("answers and streams (responses: %s)", async (useResponsesApi) => {
    const model = chat([{ reply: { text: "It snows in Oslo today." } }], { useResponsesApi });
    const message = await model.invoke("Weather?");
    expect(message.text).toBe("It snows in Oslo today.");
    expect(message.usage_metadata?.total_tokens).toBeGreaterThan(5);
    let streamed = "";
    for await (const chunk of await model.stream("Weather?")) streamed += chunk.text;
    expect(streamed).toBe(message.text);
  });

  it.each([false, true])("goes through a round of tools (responses: %s)", async (useResponsesApi) => {
    const model = chat(undefined, { useResponsesApi }).bindTools([weather]);
    const question = new HumanMessage("What is the weather in Oslo?");
    const first = await model.invoke([question]);
    expect(first.tool_calls).toMatchObject([{ name: "get_weather", args: { city: "Oslo" } }]);
    const results = await Promise.all((first.tool_calls ?? []).map((call) => weather.invoke(call)));
    const second = await model.invoke([question, first, ...results]);
    expect(second.text).toBe("The weather in Oslo: snow in Oslo.");
  });

  it("gets objects and embeddings", async () => {
    const person = await chat().withStructuredOutput(Person).invoke("Ada Lovelace, born 1815");
    expect(person).toEqual({ name: "Ada Lovelace", born: 1815 });
    const embeddings = new OpenAIEmbeddings({ apiKey: "k", configuration: { fetch: mockFetch() } });
    expect((await embeddings.embedDocuments(["one", "two"])).map(({ length }) => length)).toEqual([1536, 1536]);
  });
});
