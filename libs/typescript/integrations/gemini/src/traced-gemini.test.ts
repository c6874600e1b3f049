import { ApiError, GoogleGenAI, Type } from "@google/genai";
import {
  flushTraces,
  getLastActiveTraceId,
  SpanStatusCode,
  SpanType,
  setDiagnosticSink,
  trace,
  tracingContext,
  withSpan,
} from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { recordTraces } from "./testing/recorded-traces.js";
import { type Reply, response, scriptedGemini } from "./testing/scripted-gemini.js";
import { tracedGemini } from "./traced-gemini.js";

const REQUEST = { model: "gemini-2.5-flash", contents: "How many people live in Oslo?" };
const ANSWER = response([{ text: "About 720,000." }]);
const traces = recordTraces();

function setUp(...replies: Reply[]) {
  const { client, calls } = scriptedGemini(replies);
  return { original: client, client: tracedGemini(client), calls };
}

describe("models.generateContent", () => {
  it("is one LLM span with the request, the response and its usage", async () => {
    const { client, calls } = setUp({ json: ANSWER });
    const reply = await client.models.generateContent({ ...REQUEST, config: { temperature: 0.2 } });
    expect(reply.text).toBe("About 720,000.");
    const span = await traces.onlySpan();
    expect([span.name, span.spanType]).toEqual(["generateContent", SpanType.LLM]);
    expect(span.inputs).toEqual({ ...REQUEST, config: { temperature: 0.2 } });
    expect(span.outputs).toEqual(ANSWER);
    expect(span.attributes).toMatchObject({
      "mlflow.message.format": "gemini",
      "mlflow.llm.model": "gemini-2.5-flash",
      "mlflow.llm.provider": "gemini",
      "mlflow.spanLogLevel": 20,
      "mlflow.chat.tokenUsage": { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    });
    const { info } = await traces.last();
    expect(info.tokenUsage?.total_tokens).toBe(15);
    expect(calls[0]?.headers.get("traceparent")).toBe(`00-${info.traceId.slice(3)}-${span.spanId}-01`);
    expect(calls[0]?.headers.get("x-goog-api-client")).toContain("google-genai-sdk");
  });

  it("leaves the original client and the caller's objects as they were", async () => {
    const { original, client, calls } = setUp({ json: ANSWER }, { json: ANSWER });
    const request = Object.freeze({
      ...REQUEST,
      config: Object.freeze({ httpOptions: Object.freeze({ timeout: 900 }) }),
    });
    await client.models.generateContent(request);
    expect(request.config).toEqual({ httpOptions: { timeout: 900 } });
    await traces.onlySpan();
    const before = getLastActiveTraceId();
    await original.models.generateContent(REQUEST);
    expect(calls[1]?.headers.has("traceparent")).toBe(false);
    expect(getLastActiveTraceId()).toBe(before);
    expect(client).toBeInstanceOf(GoogleGenAI);
    expect(tracedGemini(client)).toBe(client);
  });

  it("works with classes whose names a minifier has taken", async () => {
    class a {
      generateContent = async (request: unknown) => ({ ...ANSWER, request });
    }
    class b {
      models = new a();
    }
    await tracedGemini(new b()).models.generateContent(REQUEST);
    expect((await traces.onlySpan()).outputs).toMatchObject({ modelVersion: "gemini-2.5-flash" });
  });

  it("records no HTTP settings, since headers may hold keys", async () => {
    const { client } = setUp({ json: ANSWER });
    const httpOptions = { headers: { authorization: "Bearer secret" } };
    const config = { httpOptions, abortSignal: new AbortController().signal, topK: 3 };
    await client.models.generateContent({ ...REQUEST, config });
    const span = await traces.onlySpan();
    expect(span.inputs).toEqual({ ...REQUEST, config: { topK: 3 } });
    expect(JSON.stringify(span)).not.toContain("secret");
    expect(span.outputs).not.toHaveProperty("sdkHttpResponse");
  });

  it("counts cached tokens, and thoughts in the total alone", async () => {
    const usage = { promptTokenCount: 8, candidatesTokenCount: 2, totalTokenCount: 15, cachedContentTokenCount: 6 };
    const { client } = setUp({ json: response([{ text: "a" }], { ...usage, thoughtsTokenCount: 5 }) });
    await client.models.generateContent(REQUEST);
    const tokens = { input_tokens: 8, output_tokens: 2, total_tokens: 15, cache_read_input_tokens: 6 };
    expect((await traces.onlySpan()).getAttribute("mlflow.chat.tokenUsage")).toEqual(tokens);
  });

  it("counts a blocked prompt as one without output", async () => {
    const json = {
      promptFeedback: { blockReason: "SAFETY" },
      usageMetadata: { promptTokenCount: 8, totalTokenCount: 8 },
    };
    const { client } = setUp({ json });
    await client.models.generateContent(REQUEST);
    const span = await traces.onlySpan();
    expect(span.outputs).toMatchObject({ promptFeedback: { blockReason: "SAFETY" } });
    const tokens = { input_tokens: 8, output_tokens: 0, total_tokens: 8 };
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(tokens);
  });

  it("has no usage where the service sent none", async () => {
    const { client } = setUp({ json: { candidates: [] } });
    await client.models.generateContent(REQUEST);
    expect((await traces.onlySpan()).getAttribute("mlflow.chat.tokenUsage")).toBeUndefined();
  });

  it("writes declared functions in OpenAI's form, nested schemas included", async () => {
    const { client } = setUp({ json: ANSWER });
    const place = {
      type: Type.OBJECT,
      properties: { city: { type: Type.STRING, enum: ["Oslo"] } },
      required: ["city"],
    };
    const parameters = { type: Type.OBJECT, properties: { type: { type: Type.ARRAY, items: place } } };
    const jsonSchema = { type: "object", properties: { n: { type: "integer" } } };
    const functionDeclarations = [
      { name: "weather", description: "The weather now", parameters },
      { name: "count", parametersJsonSchema: jsonSchema },
      { name: "now" },
    ];
    await client.models.generateContent({
      ...REQUEST,
      config: { tools: [{ googleSearch: {} }, { functionDeclarations }] },
    });
    const item = { type: "object", properties: { city: { type: "string", enum: ["Oslo"] } }, required: ["city"] };
    const weather = { type: "object", properties: { type: { type: "array", items: item } } };
    expect((await traces.onlySpan()).getAttribute("mlflow.chat.tools")).toEqual([
      { type: "function", function: { name: "weather", description: "The weather now", parameters: weather } },
      { type: "function", function: { name: "count", parameters: jsonSchema } },
      { type: "function", function: { name: "now" } },
    ]);
  });

  it("records a refusal and rethrows the client's own error", async () => {
    const { client } = setUp({
      status: 400,
      json: { error: { code: 400, message: "API key not valid.", status: "BAD" } },
    });
    const thrown: unknown = await client.models.generateContent(REQUEST).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(ApiError);
    const span = await traces.onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.status.description).toContain("API key not valid.");
    expect(span.events[0]?.attributes["exception.type"]).toBe("ApiError");
    expect(span.outputs).toBeUndefined();
    expect(span.inputs).toEqual(REQUEST);
    expect(span.getAttribute("mlflow.llm.model")).toBe(REQUEST.model);
  });

  it("records what the client refuses by itself", async () => {
    const { client } = setUp();
    await expect(client.models.generateContent(undefined as never)).rejects.toThrow(TypeError);
    expect((await traces.onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
    await expect(client.models.generateContent({ model: "m", contents: [] })).rejects.toThrow("contents are required");
    expect((await traces.onlySpan()).status.description).toContain("contents are required");
  });

  it("records an abort as the failure that the caller sees", async () => {
    const { client } = setUp({ json: ANSWER });
    const abortSignal = AbortSignal.abort();
    await expect(client.models.generateContent({ ...REQUEST, config: { abortSignal } })).rejects.toThrow("aborted");
    expect((await traces.onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });

  it("survives requests and responses that cannot be read", async () => {
    const unreadable = (name: string) =>
      Object.defineProperty({}, name, {
        enumerable: true,
        get: () => {
          throw new Error(`${name} cannot be read`);
        },
      });
    const answer = unreadable("usageMetadata");
    const seen: unknown[] = [];
    const generateContent = async (request: unknown) => {
      seen.push(request);
      return answer;
    };
    const client = tracedGemini({ models: { generateContent } });
    const request = unreadable("config");
    const problems: string[] = [];
    const undo = setDiagnosticSink((problem) => problems.push(problem));
    expect(await client.models.generateContent(request)).toBe(answer);
    undo();
    expect(problems).toEqual(["Failed to read a request", "Failed to read the token usage"]);
    expect(seen).toEqual([request]);
    expect((await traces.onlySpan()).status.statusCode).toBe(SpanStatusCode.OK);
  });

  it("passes on what a request has from its class", async () => {
    class Question {
      contents = "How many?";
      get model() {
        return "gemini-2.5-flash";
      }
    }
    const { client, calls } = setUp({ json: ANSWER });
    await client.models.generateContent(new Question());
    expect(calls[0]?.url).toContain("gemini-2.5-flash");
  });

  it("gives concurrent calls their own parents", async () => {
    const { client } = setUp(...["Un", "Ein", "Et"].map((text) => ({ json: response([{ text }]) })));
    const ask = trace(async function ask(language: string) {
      const contents = `What is a lighthouse? Answer in ${language}.`;
      return (await client.models.generateContent({ ...REQUEST, contents })).text;
    });
    await withSpan(() => Promise.all(["French", "German", "Norwegian"].map((language) => ask(language))), {
      name: "all",
    });
    const { info, data } = await traces.last();
    expect(data.spans).toHaveLength(7);
    for (const span of data.spans.filter(({ name }) => name === "generateContent")) {
      const parent = data.spans.find(({ spanId }) => spanId === span.parentId);
      expect(JSON.stringify(span.inputs)).toContain(String(Object.values(Object(parent?.inputs))[0]));
    }
    expect(info.tokenUsage).toEqual({ input_tokens: 30, output_tokens: 15, total_tokens: 45 });
  });

  it("records nothing where tracing is off", async () => {
    const { client, calls } = setUp({ json: ANSWER });
    const before = getLastActiveTraceId();
    await tracingContext({ enabled: false }, () => client.models.generateContent(REQUEST));
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
    expect(calls[0]?.headers.has("traceparent")).toBe(false);
  });
});

describe("other methods of models", () => {
  it("records embedContent as EMBEDDING", async () => {
    const { client, calls } = setUp({ json: { embeddings: [{ values: [0.1, 0.2] }] } });
    const reply = await client.models.embedContent({ model: "gemini-embedding-001", contents: "Oslo" });
    expect(reply.embeddings?.[0]?.values).toEqual([0.1, 0.2]);
    const span = await traces.onlySpan();
    expect([span.name, span.spanType]).toEqual(["embedContent", SpanType.EMBEDDING]);
    expect(span.outputs).toEqual({ embeddings: [{ values: [0.1, 0.2] }] });
    expect(span.getAttribute("mlflow.llm.model")).toBe("gemini-embedding-001");
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("records countTokens as Python does, without usage", async () => {
    const { client, calls } = setUp({ json: { totalTokens: 9 } });
    await client.models.countTokens(REQUEST);
    const span = await traces.onlySpan();
    expect([span.name, span.spanType, span.outputs]).toEqual(["countTokens", SpanType.LLM, { totalTokens: 9 }]);
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toBeUndefined();
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("leaves the others alone", async () => {
    const { client } = setUp({ json: { name: "models/gemini-2.5-flash" } });
    const before = getLastActiveTraceId();
    expect((await client.models.get({ model: "gemini-2.5-flash" })).name).toBe("models/gemini-2.5-flash");
    expect(client.vertexai).toBe(false);
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
  });
});
