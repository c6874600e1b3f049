import {
  ApiError,
  type CallableTool,
  FunctionCallingConfigMode,
  type FunctionDeclaration,
  type GenerateContentResponse,
  Type,
} from "@google/genai/web";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connect } from "./connect";

const model = "gemini-2.5-flash";
const WEATHER: FunctionDeclaration = {
  name: "get_weather",
  description: "The weather in a city now",
  parameters: {
    type: Type.OBJECT,
    properties: { city: { type: Type.STRING }, unit: { type: Type.STRING, enum: ["celsius", "fahrenheit"] } },
    required: ["city"],
  },
};
const tools = [{ functionDeclarations: [WEATHER] }];
const PICTURE = { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } };

const cosine = (left: readonly number[] = [], right: readonly number[] = []): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

async function collect(stream: AsyncIterable<GenerateContentResponse>): Promise<GenerateContentResponse[]> {
  const chunks: GenerateContentResponse[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe("generating content through the official SDK", () => {
  it.each(["v1", "v1beta"])("answers in version %s", async (apiVersion) => {
    const { client, exchanges } = connect(undefined, { apiVersion });
    const response = await client.models.generateContent({ model, contents: "How many people live in Oslo?" });
    expect(response.text).toContain("How many people live in Oslo?");
    expect(response).toMatchObject({ modelVersion: model, candidates: [{ finishReason: "STOP", index: 0 }] });
    const { promptTokenCount = 0, candidatesTokenCount = 0, totalTokenCount } = response.usageMetadata ?? {};
    expect(totalTokenCount).toBe(promptTokenCount + candidatesTokenCount);
    expect(exchanges).toMatchObject([{ service: "gemini", method: "POST", status: 200 }]);
    expect(exchanges[0]?.url).toContain(`/${apiVersion}/models/`);
  });

  it("streams the text that it answers at once, the whole usage last", async () => {
    const request = { model, contents: "A line about a harbour, long enough for pieces." };
    const whole = await connect().client.models.generateContent(request);
    const chunks = await collect(await connect().client.models.generateContentStream(request));
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.map(({ text }) => text).join("")).toBe(whole.text);
    expect(chunks.at(-1)?.usageMetadata).toEqual(whole.usageMetadata);
    expect(chunks.map(({ candidates }) => candidates?.[0]?.finishReason).filter(Boolean)).toEqual(["STOP"]);
    expect(new Set(chunks.map(({ responseId }) => responseId)).size).toBe(1);
  });

  it("goes through a round of parallel calls", async () => {
    const { client } = connect();
    const contents = [{ role: "user", parts: [{ text: "Compare the weather in Oslo and New York, in celsius." }] }];
    const first = await client.models.generateContent({ model, contents, config: { tools } });
    const calls = first.functionCalls ?? [];
    expect(calls.map(({ args }) => args)).toEqual([
      { city: "Oslo", unit: "celsius" },
      { city: "New York", unit: "celsius" },
    ]);
    const answers = calls.map(({ name }, index) => ({
      functionResponse: { name: name ?? "", response: index === 0 ? { output: "snow" } : { error: "no such city" } },
    }));
    const second = await client.models.generateContent({
      model,
      contents: [...contents, first.candidates?.[0]?.content ?? {}, { role: "user", parts: answers }],
      config: { tools },
    });
    expect(second.text).toBe("The weather in Oslo: snow. I could not get the weather in New York: no such city.");
  });

  it("runs the SDK's automatic function calling to its end", async () => {
    const seen: unknown[] = [];
    const tool: CallableTool = {
      tool: async () => ({ functionDeclarations: [WEATHER] }),
      callTool: async (calls) => {
        seen.push(...calls.map(({ args }) => args));
        return calls.map(({ name = "" }) => ({ functionResponse: { name, response: { output: "rain" } } }));
      },
    };
    const { client, exchanges } = connect();
    const contents = "What is the weather in Oslo?";
    const response = await client.models.generateContent({ model, contents, config: { tools: [tool] } });
    expect(response.text).toBe("The weather in Oslo: rain.");
    expect(seen).toEqual([{ city: "Oslo" }]);
    expect(exchanges).toHaveLength(2);
  });

  it("streams a call whole", async () => {
    const request = { model, contents: "What is the weather in Oslo?", config: { tools } };
    const chunks = await collect(await connect().client.models.generateContentStream(request));
    expect(chunks.flatMap(({ functionCalls }) => functionCalls ?? [])).toEqual([
      { name: "get_weather", args: { city: "Oslo" } },
    ]);
  });

  it("heeds the function calling mode", async () => {
    const { client } = connect();
    const time = { ...WEATHER, name: "get_time" };
    const calls = async (functionCallingConfig: object) => {
      const config = {
        tools: [{ functionDeclarations: [WEATHER, time] }],
        toolConfig: { functionCallingConfig },
      };
      const response = await client.models.generateContent({ model, contents: "Weather in Oslo?", config });
      return response.functionCalls?.map(({ name }) => name);
    };
    expect(await calls({ mode: FunctionCallingConfigMode.AUTO })).toEqual(["get_weather"]);
    expect(await calls({ mode: FunctionCallingConfigMode.NONE })).toBeUndefined();
    const one = { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ["get_time"] };
    expect(await calls(one)).toEqual(["get_time"]);
  });

  it("keeps a chat, with its system instruction", async () => {
    const { client } = connect([
      { when: { turn: 2, system: "pirate" }, reply: { text: "Second: {{lastUserText}}" } },
      { reply: { text: "First" } },
    ]);
    const chat = client.chats.create({ model, config: { systemInstruction: "You are a pirate." } });
    expect((await chat.sendMessage({ message: "One?" })).text).toBe("First");
    const chunks = await collect(await chat.sendMessageStream({ message: "Two?" }));
    expect(chunks.map(({ text }) => text).join("")).toBe("Second: Two?");
  });

  it("gives structured output by either kind of schema, and picks from an enum", async () => {
    const { client } = connect();
    const ask = async (contents: string, config: object) =>
      (await client.models.generateContent({ model, contents, config })).text ?? "";
    const Person = z.object({ name: z.string(), born: z.int() });
    const byZod = { responseMimeType: "application/json", responseJsonSchema: z.toJSONSchema(Person) };
    const person = { name: "Ada Lovelace", born: 1815 };
    expect(Person.parse(JSON.parse(await ask("Ada Lovelace, born 1815", byZod)))).toEqual(person);
    const schema = {
      type: Type.OBJECT,
      properties: {
        name: { type: Type.STRING },
        born: { type: Type.INTEGER, nullable: true },
        tags: { type: Type.ARRAY, items: { type: Type.STRING, enum: ["poet", "engineer"] }, minItems: "2" },
      },
      required: ["name", "born", "tags"],
    };
    const bySchema = { responseMimeType: "application/json", responseSchema: schema };
    expect(JSON.parse(await ask("Ada Lovelace, engineer, born 1815", bySchema))).toEqual({
      ...person,
      tags: ["engineer", "engineer"],
    });
    const choice = { type: Type.STRING, enum: ["low", "high"] };
    expect(await ask("The risk is high", { responseMimeType: "text/x.enum", responseSchema: choice })).toBe("high");
    expect(JSON.parse(await ask("What is 2 + 3?", { responseMimeType: "application/json" }))).toEqual({
      answer: "2 + 3 = 5.",
    });
  });

  it("shows thoughts when asked to, and counts them in any case", async () => {
    const { client } = connect([{ reply: { thinking: "27 times 453 is 12231.", text: "12231." } }]);
    const ask = (thinkingConfig: object) =>
      client.models.generateContent({ model, contents: "27 * 453?", config: { thinkingConfig } });
    const shown = await ask({ includeThoughts: true });
    expect(shown.candidates?.[0]?.content?.parts).toEqual([
      { text: "27 times 453 is 12231.", thought: true },
      { text: "12231." },
    ]);
    expect(shown.text).toBe("12231.");
    const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = shown.usageMetadata ?? {};
    expect(thoughtsTokenCount).toBeGreaterThan(5);
    expect(shown.usageMetadata?.totalTokenCount).toBe(promptTokenCount + candidatesTokenCount + thoughtsTokenCount);
    const hidden = await ask({ thinkingBudget: 512 });
    expect(hidden.candidates?.[0]?.content?.parts).toHaveLength(1);
    expect(hidden.usageMetadata?.thoughtsTokenCount).toBe(thoughtsTokenCount);
    expect((await ask({ thinkingBudget: 0 })).usageMetadata).not.toHaveProperty("thoughtsTokenCount");
  });

  it("ends at the limit and at stop sequences", async () => {
    const { client } = connect([{ reply: { text: "one two three four", thinking: "Count on." } }]);
    const cut = async (config: object) =>
      (await client.models.generateContent({ model, contents: "Count", config })).candidates?.[0];
    expect(await cut({ maxOutputTokens: 2 })).toMatchObject({
      finishReason: "MAX_TOKENS",
      content: { parts: [{ text: "one two" }] },
    });
    expect(await cut({ stopSequences: [" three"] })).toMatchObject({
      finishReason: "STOP",
      content: { parts: [{ text: "one two" }] },
    });
    const thoughtless = await cut({ maxOutputTokens: 2, thinkingConfig: { thinkingBudget: 100 } });
    expect(thoughtless).toEqual({ content: { role: "model" }, finishReason: "MAX_TOKENS", index: 0 });
  });

  it("takes pictures and counts them apart, in several candidates", async () => {
    const response = await connect().client.models.generateContent({
      model,
      contents: [PICTURE, "What is this?"],
      config: { candidateCount: 2 },
    });
    expect(response.candidates?.map(({ index }) => index)).toEqual([0, 1]);
    expect(response.candidates?.[0]?.content?.parts?.[0]?.text).toContain("I cannot see the picture");
    expect(response.usageMetadata?.promptTokensDetails).toEqual([
      { modality: "TEXT", tokenCount: 5 },
      { modality: "IMAGE", tokenCount: 258 },
    ]);
  });

  it("blocks a prompt or an answer when the script says so", async () => {
    const { client } = connect([
      { when: { lastUserText: "prompt" }, reply: { refusal: "", stopReason: "PROHIBITED_CONTENT" } },
      { reply: { text: "", stopReason: "SAFETY" } },
    ]);
    const prompt = await client.models.generateContent({ model, contents: "prompt" });
    expect(prompt.candidates).toBeUndefined();
    expect(prompt.promptFeedback).toMatchObject({ blockReason: "PROHIBITED_CONTENT" });
    const [chunk] = await collect(await client.models.generateContentStream({ model, contents: "prompt" }));
    expect(chunk?.promptFeedback).toEqual(prompt.promptFeedback);
    const answer = await client.models.generateContent({ model, contents: "other" });
    expect(answer.candidates?.[0]).toMatchObject({ finishReason: "SAFETY", safetyRatings: expect.any(Array) });
    expect(answer.text).toBeUndefined();
  });
});

describe("the other methods through the official SDK", () => {
  it("count tokens as an answer does", async () => {
    const { client } = connect();
    const counted = await client.models.countTokens({ model, contents: "Hello there" });
    const answered = await client.models.generateContent({ model, contents: "Hello there" });
    expect(counted.totalTokens).toBe(answered.usageMetadata?.promptTokenCount);
  });

  it("embed texts, nearer for texts that share words", async () => {
    const { client } = connect();
    const { embeddings = [] } = await client.models.embedContent({
      model: "gemini-embedding-001",
      contents: ["The boat lies in the harbour.", "Boats in a harbour", "Interest rates rose."],
    });
    const [boat, boats, rates] = embeddings.map(({ values }) => values);
    expect(boat).toHaveLength(3072);
    expect(cosine(boat, boats)).toBeGreaterThan(cosine(boat, rates) + 0.3);
    const config = { outputDimensionality: 64 };
    const short = await client.models.embedContent({ model: "gemini-embedding-001", contents: "Oslo", config });
    expect(cosine(short.embeddings?.[0]?.values, short.embeddings?.[0]?.values)).toBeCloseTo(1, 5);
    expect(short.embeddings?.[0]?.values).toHaveLength(64);
  });

  it("list models page by page, and get one", async () => {
    const { client, exchanges } = connect();
    const names: (string | undefined)[] = [];
    for await (const { name } of await client.models.list({ config: { pageSize: 5 } })) names.push(name);
    expect(names).toContain("models/gemini-2.5-flash");
    expect(new Set(names).size).toBe(names.length);
    expect(exchanges.length).toBeGreaterThan(2);
    expect(await client.models.get({ model })).toMatchObject({ name: `models/${model}`, inputTokenLimit: 1_048_576 });
  });
});

describe("errors, as the SDK's class", () => {
  const failed = (change: object, options = {}, script?: unknown) =>
    connect(script, options)
      .client.models.generateContent({ model, contents: "Hello", ...change })
      .catch((error) => error);

  it("400 for a key that calls itself bad", async () => {
    const error = await failed({}, { apiKey: "invalid-key" });
    expect(error).toBeInstanceOf(ApiError);
    expect(error.status).toBe(400);
    expect(JSON.parse(error.message).error).toMatchObject({
      code: 400,
      status: "INVALID_ARGUMENT",
      message: "API key not valid. Please pass a valid API key.",
      details: [{ reason: "API_KEY_INVALID" }],
    });
  });

  it("404 for an unknown model, and for one that cannot do it", async () => {
    expect(await failed({ model: "gemini-unheard-of" })).toMatchObject({ status: 404 });
    const error = await failed({ model: "gemini-embedding-001" });
    expect(error.message).toContain("not supported for generateContent");
  });

  it("what a script says, with the time to wait", async () => {
    const error = {
      status: 429,
      type: "RESOURCE_EXHAUSTED",
      message: "Quota",
      code: "RATE_LIMIT_EXCEEDED",
      retryAfter: 3,
    };
    const thrown = await failed({}, {}, [{ reply: { error } }]);
    expect(thrown).toMatchObject({ name: "ApiError", status: 429 });
    expect(JSON.parse(thrown.message).error).toMatchObject({
      status: "RESOURCE_EXHAUSTED",
      details: [{ reason: "RATE_LIMIT_EXCEEDED" }, { retryDelay: "3s" }],
    });
  });

  it("400 for a script that is wrong, with the place", async () => {
    const error = await failed({}, {}, [{ reply: { txt: "typo" } }]);
    expect(error.message).toContain("script of the mocked Gemini API is not valid: 0.reply.txt");
  });

  it("an abort before the answer", async () => {
    const controller = new AbortController();
    const pending = failed({ config: { abortSignal: controller.signal } });
    controller.abort();
    expect(await pending).toMatchObject({
      name: expect.stringMatching(/Abort|Error/),
      message: expect.stringContaining("abort"),
    });
  });
});
