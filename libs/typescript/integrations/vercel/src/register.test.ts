import { embed, embedMany, generateObject, generateText, rerank, stepCountIs, streamText, tool } from "ai";
import { MockEmbeddingModelV3, MockRerankingModelV3 } from "ai/test";
import {
  flushTraces,
  getLastActiveTraceId,
  init,
  MlflowClient,
  type Span,
  SpanStatusCode,
  startSpan,
  type Trace,
  trace,
  withSpan,
} from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { FakeTrackingServer } from "../../../core/src/testing/fake-tracking-server.js";
import { registerVercelTracing } from "./index.js";
import { COUNTED, scriptedModel, streamingModel } from "./testing/mock-models.js";

const experimental_telemetry = { isEnabled: true };
const text = (value: string) => ({ type: "text" as const, text: value });
const call = { type: "tool-call" as const, toolCallId: "call_1", toolName: "weather", input: '{"city":"Oslo"}' };

let server: FakeTrackingServer;
let undo: () => void;

beforeEach(() => {
  server = new FakeTrackingServer();
  undo = server.install();
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterEach(async () => {
  await flushTraces();
  undo();
});

async function readTrace(): Promise<Trace> {
  await flushTraces();
  return new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "");
}

async function spans(): Promise<Span[]> {
  return [...(await readTrace()).data.spans];
}

const names = (all: readonly Span[]) => all.map(({ name, spanType }) => `${name} ${spanType}`);

describe("generateText", () => {
  it("is a call and its request, with messages, answer, model and tokens", async () => {
    const model = scriptedModel(text("Oslo has about 720,000 inhabitants."));
    await generateText({ model, system: "Be short.", prompt: "How many people live in Oslo?", experimental_telemetry });
    const { info, data } = await readTrace();
    const [root, request] = data.spans;
    expect(names(data.spans)).toEqual(["ai.generateText LLM", "ai.generateText.doGenerate LLM"]);
    expect(root?.inputs).toEqual({ system: "Be short.", prompt: "How many people live in Oslo?" });
    expect(root?.outputs).toBe("Oslo has about 720,000 inhabitants.");
    expect(root?.getAttribute("mlflow.message.format")).toBeFalsy();
    expect(request?.parentId).toBe(root?.spanId);
    expect(request?.inputs).toMatchObject({ messages: [{ role: "system", content: "Be short." }, { role: "user" }] });
    expect(request?.outputs).toMatchObject({ text: "Oslo has about 720,000 inhabitants.", finishReason: "stop" });
    expect(request?.attributes).toMatchObject({
      "mlflow.llm.model": "mock-1",
      "mlflow.llm.provider": "mock.chat",
      "mlflow.message.format": "vercel_ai",
      "mlflow.chat.tokenUsage": COUNTED,
    });
    expect(info.tokenUsage).toEqual(COUNTED);
  });

  it("shows the tools that were offered and called, and counts the tokens of all steps once", async () => {
    const city = z.object({ city: z.string() });
    const weather = tool({ description: "The weather", inputSchema: city, execute: async () => ({ sky: "clear" }) });
    const model = scriptedModel(call, text("Clear."));
    await generateText({
      model,
      prompt: "Oslo?",
      tools: { weather },
      stopWhen: stepCountIs(3),
      experimental_telemetry,
    });
    const { info, data } = await readTrace();
    const requests = "ai.generateText.doGenerate LLM";
    expect(names(data.spans)).toEqual(["ai.generateText LLM", requests, "weather TOOL", requests]);
    const [, first, called, second] = data.spans;
    expect(called).toMatchObject({ inputs: { city: "Oslo" }, outputs: { sky: "clear" } });
    expect(first?.getAttribute("mlflow.chat.tools")).toMatchObject([
      { type: "function", function: { name: "weather", description: "The weather", parameters: { type: "object" } } },
    ]);
    expect(first?.outputs).toMatchObject({ toolCalls: [{ toolName: "weather" }] });
    expect(second?.outputs).toMatchObject({ text: "Clear." });
    expect(info.tokenUsage).toEqual({
      input_tokens: 20,
      output_tokens: 10,
      total_tokens: 30,
      cache_read_input_tokens: 8,
    });
  });

  it("nests below a traced function, and what a tool does nests below the tool", async () => {
    const lookUp = trace(function lookUp(city: string) {
      return `${city}: clear`;
    });
    const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => lookUp(city) });
    const model = scriptedModel(call, text("Clear."));
    await withSpan(
      () =>
        generateText({ model, prompt: "Oslo?", tools: { weather }, stopWhen: stepCountIs(3), experimental_telemetry }),
      { name: "agent" },
    );
    const all = await spans();
    const nameOf = (id: string | null) => all.find(({ spanId }) => spanId === id)?.name;
    expect(all.map(({ name, parentId }) => `${nameOf(parentId)} > ${name}`)).toEqual([
      "undefined > agent",
      "agent > ai.generateText",
      "ai.generateText > ai.generateText.doGenerate",
      "ai.generateText > weather",
      "weather > lookUp",
      "ai.generateText > ai.generateText.doGenerate",
    ]);
  });

  it("keeps an answer that looks like JSON a text", async () => {
    await generateText({ model: scriptedModel(text("42")), prompt: "6 * 7?", experimental_telemetry });
    const [root, request] = await spans();
    expect(root?.outputs).toBe("42");
    expect(request?.outputs).toMatchObject({ text: "42" });
  });

  it("records a failed request with what was asked", async () => {
    const model = scriptedModel(new Error("overloaded"));
    await expect(generateText({ model, prompt: "Hi", maxRetries: 0, experimental_telemetry })).rejects.toThrow();
    for (const span of await spans()) {
      expect(span.status).toMatchObject({ statusCode: SpanStatusCode.ERROR, description: "overloaded" });
      expect(span.events.map(({ name }) => name)).toEqual(["exception"]);
      expect(JSON.stringify(span.inputs)).toContain("Hi");
      expect(span.outputs).toBeFalsy();
    }
  });

  it("records a failed tool and goes on", async () => {
    const weather = tool({
      inputSchema: z.object({ city: z.string() }),
      execute: async (): Promise<string> => {
        throw new Error("no network");
      },
    });
    const model = scriptedModel(call, text("Unknown."));
    await generateText({
      model,
      prompt: "Oslo?",
      tools: { weather },
      stopWhen: stepCountIs(3),
      experimental_telemetry,
    });
    const failed = (await spans()).find(({ name }) => name === "weather");
    expect(failed?.status).toMatchObject({ statusCode: SpanStatusCode.ERROR, description: "no network" });
    expect(failed?.inputs).toEqual({ city: "Oslo" });
  });

  it("records nothing without telemetry, and no texts when told so", async () => {
    const before = getLastActiveTraceId();
    await generateText({ model: scriptedModel(text("a")), prompt: "secret" });
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
    const quiet = { isEnabled: true, recordInputs: false, recordOutputs: false };
    await generateText({ model: scriptedModel(text("hidden")), prompt: "secret", experimental_telemetry: quiet });
    const all = await spans();
    expect(names(all)).toEqual(["ai.generateText LLM", "ai.generateText.doGenerate LLM"]);
    expect(
      JSON.stringify(
        all.map((span) => span.toJson()),
        (_, v) => (typeof v === "bigint" ? String(v) : v),
      ),
    ).not.toMatch(/secret|hidden/);
  });
});

describe("streamText", () => {
  it("is recorded when the stream is read to its end", async () => {
    const result = streamText({ model: streamingModel(["Hel", "lo"]), prompt: "Hi", experimental_telemetry });
    const pieces: string[] = [];
    for await (const piece of result.textStream) pieces.push(piece);
    expect(pieces).toEqual(["Hel", "lo"]);
    const { info, data } = await readTrace();
    expect(names(data.spans)).toEqual(["ai.streamText LLM", "ai.streamText.doStream LLM"]);
    const [root, request] = data.spans;
    expect(root).toMatchObject({ inputs: { prompt: "Hi" }, outputs: "Hello" });
    expect(request?.outputs).toMatchObject({ text: "Hello", finishReason: "stop" });
    expect(request?.events.map(({ name }) => name)).toContain("ai.stream.firstChunk");
    expect(info.tokenUsage).toEqual(COUNTED);
  });

  it("keeps parallel streams apart", async () => {
    const read = async (word: string) => {
      const result = streamText({ model: streamingModel([word]), prompt: word, experimental_telemetry });
      await result.consumeStream();
    };
    await withSpan(() => Promise.all(["un", "deux", "trois"].map(read)), { name: "all" });
    const roots = (await spans()).filter(({ name }) => name === "ai.streamText");
    expect(roots.map(({ inputs, outputs }) => [inputs, outputs])).toEqual(
      ["un", "deux", "trois"].map((word) => [{ prompt: word }, word]),
    );
  });

  it("has what came of a stream that fails on the way", async () => {
    const model = streamingModel(["Hel"], new Error("cut"));
    const result = streamText({ model, prompt: "Hi", onError: () => {}, experimental_telemetry });
    await result.consumeStream();
    const [root, request] = await spans();
    expect([root?.inputs, root?.outputs]).toEqual([{ prompt: "Hi" }, "Hel"]);
    expect(request?.outputs).toMatchObject({ text: "Hel", finishReason: "error" });
  });
});

describe("other calls", () => {
  it("generateObject has the object", async () => {
    const schema = z.object({ city: z.string() });
    const model = scriptedModel(text('{"city":"Oslo"}'));
    await generateObject({ model, schema, prompt: "A city", experimental_telemetry });
    const [root, request] = await spans();
    expect(root?.outputs).toEqual({ city: "Oslo" });
    expect(request?.outputs).toMatchObject({ object: { city: "Oslo" } });
    expect(request?.getAttribute("mlflow.chat.tokenUsage")).toMatchObject({ total_tokens: 15 });
  });

  it("embed and embedMany are embeddings, with their tokens", async () => {
    const model = new MockEmbeddingModelV3({
      doEmbed: async ({ values }) => ({ embeddings: values.map(() => [1, 2]), usage: { tokens: 3 }, warnings: [] }),
    });
    await embed({ model, value: "tide", experimental_telemetry });
    const [one] = await spans();
    expect(one).toMatchObject({ name: "ai.embed", spanType: "EMBEDDING", inputs: "tide", outputs: [1, 2] });
    expect(one?.getAttribute("mlflow.chat.tokenUsage")).toEqual({
      input_tokens: 3,
      output_tokens: 0,
      total_tokens: 3,
    });
    await embedMany({ model, values: ["ebb", "flow"], experimental_telemetry });
    const [many] = await spans();
    expect(many).toMatchObject({
      spanType: "EMBEDDING",
      inputs: ["ebb", "flow"],
      outputs: [
        [1, 2],
        [1, 2],
      ],
    });
  });

  it("rerank is a reranker with its documents", async () => {
    const model = new MockRerankingModelV3({
      doRerank: async () => ({ ranking: [{ index: 1, relevanceScore: 0.9 }] }),
    });
    await rerank({ model, query: "tide", documents: ["bread", "sea"], experimental_telemetry });
    const [root] = await spans();
    expect(root).toMatchObject({ name: "ai.rerank", spanType: "RERANKER", inputs: ["bread", "sea"] });
  });
});

describe("the hooks", () => {
  it("leave other spans alone, and what the program has set", async () => {
    startSpan({ name: "own", inputs: 1 }).end();
    expect((await spans())[0]).toMatchObject({ name: "own", inputs: 1, spanType: "UNKNOWN" });
    startSpan({
      name: "set",
      inputs: "mine",
      attributes: { "ai.operationId": "ai.generateText", "ai.prompt": '"theirs"', "mlflow.llm.model": "mine" },
    }).end({ outputs: "mine too" });
    const [span] = await spans();
    expect(span).toMatchObject({ inputs: "mine", outputs: "mine too" });
    expect(span?.getAttribute("mlflow.llm.model")).toBe("mine");
  });

  it("are registered once by the import, and can be taken back", async () => {
    const takeBack = registerVercelTracing();
    expect(registerVercelTracing()).toBe(takeBack);
    takeBack();
    await generateText({ model: scriptedModel(text("a")), prompt: "Hi", experimental_telemetry });
    expect((await spans()).map(({ spanType }) => spanType)).toEqual(["UNKNOWN", "UNKNOWN"]);
    registerVercelTracing();
  });
});
