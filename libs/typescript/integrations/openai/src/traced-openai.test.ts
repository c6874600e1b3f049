import { getLastActiveTraceId, SpanStatusCode, SpanType, trace, tracingContext, withSpan } from "mlflow-tracing";
import OpenAI, { AzureOpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { CHAT_TOKENS, completion, WEATHER_TOOL } from "./testing/chat-replies.js";
import { countTraces, onlySpan, readTrace, recordTraces, traced } from "./testing/recorded-traces.js";
import { outputMessage, RESPONSE_TOKENS, response } from "./testing/response-replies.js";
import { scriptedOpenAI } from "./testing/scripted-openai.js";
import { tracedOpenAI } from "./traced-openai.js";

const REQUEST = {
  model: "gpt-4o-mini",
  messages: [{ role: "user" as const, content: "How many people live in Oslo?" }],
};
const refusal = {
  status: 400,
  json: {
    error: { message: "max_tokens is too small", type: "invalid_request_error", param: "max_tokens", code: null },
  },
};

recordTraces();

describe("chat.completions.create", () => {
  it("is one LLM span with the request, the completion and its usage", async () => {
    const { client } = traced({ json: completion("About 720,000.") });
    const reply = await client.chat.completions.create(REQUEST);
    expect(reply.choices[0]?.message.content).toBe("About 720,000.");
    const span = await onlySpan();
    expect([span.name, span.spanType]).toEqual(["Completions", SpanType.LLM]);
    expect(span.inputs).toEqual(REQUEST);
    expect(span.outputs).toEqual(completion("About 720,000."));
    expect(span.attributes).toMatchObject({
      "mlflow.message.format": "openai",
      "mlflow.llm.model": "gpt-4o-mini-2024-07-18",
      "mlflow.spanLogLevel": 20,
      "mlflow.chat.tokenUsage": CHAT_TOKENS,
    });
    expect(span.attributes).not.toHaveProperty("mlflow.llm.provider");
    const { info } = await readTrace();
    expect([info.requestPreview, info.responsePreview]).toEqual(["How many people live in Oslo?", "About 720,000."]);
    expect(info.tags["mlflow.traceName"]).toBe("Completions");
    expect(info.tokenUsage).toEqual(CHAT_TOKENS);
  });

  it("writes tools as an attribute", async () => {
    const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };
    const { client } = traced({ json: completion(null, { tool_calls: [call] }, "tool_calls") });
    await client.chat.completions.create({ ...REQUEST, tools: [WEATHER_TOOL] });
    const span = await onlySpan();
    expect(span.getAttribute("mlflow.chat.tools")).toEqual([WEATHER_TOOL]);
    expect(span.outputs).toMatchObject({ choices: [{ message: { tool_calls: [call] } }] });
  });

  it("records a refusal with the request's model, and rethrows the client's own error", async () => {
    const { client } = traced(refusal);
    const call = client.chat.completions.create(REQUEST);
    await expect(call).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.status.description).toContain("max_tokens is too small");
    expect(span.events.map(({ name }) => name)).toEqual(["exception"]);
    expect(span.outputs).toBeUndefined();
    expect(span.attributes).toMatchObject({
      "mlflow.message.format": "openai",
      "mlflow.llm.model": "gpt-4o-mini",
      "mlflow.spanLogLevel": 40,
    });
  });

  it("records a provider that cannot be reached", async () => {
    const { client } = traced({ throws: new Error("no network") });
    await expect(client.chat.completions.create(REQUEST)).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });

  it("records an abort", async () => {
    const { client } = traced({ json: completion("x") });
    const call = client.chat.completions.create(REQUEST, { signal: AbortSignal.abort() });
    await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });

  it("records what a program without types gets wrong, and throws what the client throws", async () => {
    const { client, original } = traced();
    const call = (of: OpenAI) => Reflect.apply(of.chat.completions.create, undefined, []) as unknown;
    expect(() => call(client)).toThrow(TypeError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(original).toBeInstanceOf(OpenAI);
  });

  it("is one span for all attempts", async () => {
    const { client, calls } = scriptedOpenAI([{ status: 500, json: {} }, { json: completion("at last") }]);
    await tracedOpenAI(client).chat.completions.create(REQUEST, { maxRetries: 1 });
    expect(calls).toHaveLength(2);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.OK);
  });

  it("keeps the members of the client's promise", async () => {
    const { client } = traced({ json: completion("one") }, { json: completion("two") });
    const { data, response: raw, request_id } = await client.chat.completions.create(REQUEST).withResponse();
    expect([data.choices[0]?.message.content, raw.status, request_id]).toEqual(["one", 200, "req_1"]);
    expect((await onlySpan()).outputs).toEqual(completion("one"));
    const body = await (await client.chat.completions.create(REQUEST).asResponse()).json();
    expect(body).toEqual(completion("two"));
    const { spans } = (await readTrace()).data;
    expect(spans.map(({ status, outputs }) => [status.statusCode, outputs])).toEqual([[SpanStatusCode.OK, undefined]]);
  });

  it("can be awaited twice, raced and finally-ed with one span", async () => {
    const { client } = traced({ json: completion("one") });
    const promise = client.chat.completions.create(REQUEST);
    expect(promise).toBeInstanceOf(Promise);
    const all = await Promise.all([promise, Promise.race([promise]), promise.finally(() => {})]);
    expect(new Set(all).size).toBe(1);
    await onlySpan();
  });

  it("gives concurrent calls their own parents", async () => {
    const languages = ["French", "German", "Norwegian"];
    const { client } = traced(...languages.map((language) => ({ json: completion(language) })));
    const ask = trace(async function ask(language: string) {
      const content = `What is a lighthouse? Answer in ${language}.`;
      return await client.chat.completions.create({ ...REQUEST, messages: [{ role: "user", content }] });
    });
    await withSpan(() => Promise.all(languages.map((language) => ask(language))), { name: "languages" });
    const { spans } = (await readTrace()).data;
    const calls = spans.filter(({ name }) => name === "Completions");
    expect([spans.length, calls.length]).toEqual([7, 3]);
    for (const span of calls) {
      const parent = spans.find(({ spanId }) => spanId === span.parentId);
      expect(JSON.stringify(span.inputs)).toContain(String(Object.values(Object(parent?.inputs))[0]));
    }
  });

  it("does nothing where tracing is switched off", async () => {
    const { client, calls } = traced({ json: completion("a") }, { json: completion("{}") });
    const off = <T>(call: () => T): T => tracingContext({ enabled: false }, call);
    const reply = await off(() => client.chat.completions.create(REQUEST));
    await off(() => client.chat.completions.parse(REQUEST));
    expect(reply.choices[0]?.message.content).toBe("a");
    expect(await countTraces()).toBe(0);
    expect(calls.map(({ headers }) => headers.has("traceparent"))).toEqual([false, false]);
  });
});

describe("other calls", () => {
  it("records a response without what the client adds to it", async () => {
    const { client } = traced({ json: response([outputMessage("It warns ships.")]) });
    const request = { model: "gpt-4o-mini", input: "What does a lighthouse do?" };
    const reply = await client.responses.create(request);
    expect(reply.output_text).toBe("It warns ships.");
    const span = await onlySpan();
    expect([span.name, span.spanType, span.inputs]).toEqual(["Responses", SpanType.LLM, request]);
    expect(span.outputs).toEqual(response([outputMessage("It warns ships.")]));
    expect(span.attributes).toMatchObject({
      "mlflow.message.format": "openai",
      "mlflow.llm.model": "gpt-4o-mini-2024-07-18",
      "mlflow.chat.tokenUsage": RESPONSE_TOKENS,
    });
    expect((await readTrace()).info.responsePreview).toBe("It warns ships.");
  });

  it("writes tools of all kinds in the chat API's form", async () => {
    const { client } = traced({ json: response([]) });
    const { name, description, parameters } = WEATHER_TOOL.function;
    const tools: OpenAI.Responses.Tool[] = [
      { type: "function", name, description, parameters, strict: true },
      { type: "web_search" },
      { type: "custom", name: "sql", description: "Runs a query" },
    ];
    await client.responses.create({ model: "gpt-4o-mini", input: "x", tools });
    expect((await onlySpan()).getAttribute("mlflow.chat.tools")).toEqual([
      { type: "function", function: { name, description, parameters, strict: true } },
      { type: "function", function: { name: "web_search" } },
      { type: "function", function: { name: "sql", description: "Runs a query" } },
    ]);
  });

  it("makes a response that failed a failed span", async () => {
    const error = { code: "server_error", message: "The model crashed" };
    const { client } = traced({ json: response([], { status: "failed", error }) });
    expect((await client.responses.create({ model: "gpt-4o-mini", input: "x" })).status).toBe("failed");
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.status.description).toBe("server_error: The model crashed");
    expect(span.outputs).toMatchObject({ status: "failed", error });
  });

  it("records an incomplete response as it is", async () => {
    const incomplete = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
    const { client } = traced({ json: response([outputMessage("It wa")], incomplete) });
    await client.responses.create({ model: "gpt-4o-mini", input: "x" });
    const span = await onlySpan();
    expect([span.status.statusCode, span.outputs]).toMatchObject([SpanStatusCode.OK, incomplete]);
  });

  it("records beta responses", async () => {
    const { client, calls } = traced({ json: response([outputMessage("b")]) });
    await client.beta.responses.create({ model: "gpt-4o-mini", input: "x", betas: ["responses_multi_agent=v1"] });
    const span = await onlySpan();
    expect(span.name).toBe("Responses");
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
    expect(calls[0]?.headers.get("openai-beta")).toBe("responses_multi_agent=v1");
  });

  it("records embeddings with the numbers that the caller gets", async () => {
    const embedding = Buffer.from(new Float32Array([0.5, -2]).buffer).toString("base64");
    const usage = { prompt_tokens: 7, total_tokens: 7 };
    const json = { object: "list", model: "text-embedding-3-small", data: [{ index: 0, embedding }], usage };
    const { client } = traced({ json });
    const reply = await client.embeddings.create({ model: "text-embedding-3-small", input: "Oslo" });
    expect(reply.data[0]?.embedding).toEqual([0.5, -2]);
    const span = await onlySpan();
    expect([span.name, span.spanType]).toEqual(["Embeddings", SpanType.EMBEDDING]);
    expect(span.outputs).toMatchObject({ data: [{ embedding: [0.5, -2] }] });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual({ input_tokens: 7, output_tokens: 0, total_tokens: 7 });
  });

  it("records completions of the older API", async () => {
    const choices = [{ index: 0, text: " a line", logprobs: null, finish_reason: "stop" }];
    const json = { id: "cmpl-1", object: "text_completion", model: "gpt-3.5-turbo-instruct", choices };
    const { client } = traced({ json });
    await client.completions.create({ model: "gpt-3.5-turbo-instruct", prompt: "Write" });
    const span = await onlySpan();
    expect([span.name, span.spanType, span.outputs]).toEqual(["Completions", SpanType.LLM, json]);
    expect(span.attributes).not.toHaveProperty("mlflow.chat.tokenUsage");
  });

  it("leaves methods alone that ask no model", async () => {
    const { client } = traced({ json: { object: "list", data: [] } }, { json: completion("stored") });
    const before = getLastActiveTraceId();
    expect((await client.models.list()).data).toEqual([]);
    expect(await client.chat.completions.retrieve("chatcmpl-1")).toMatchObject({ id: "chatcmpl-1" });
    expect(await countTraces()).toBe(0);
    expect(getLastActiveTraceId()).toBe(before);
  });
});

describe("the traced client", () => {
  it("is one per client, and shows the client as it is", () => {
    const { client } = scriptedOpenAI([]);
    const shown = tracedOpenAI(client);
    expect(shown).toBeInstanceOf(OpenAI);
    expect(tracedOpenAI(client)).toBe(shown);
    expect(tracedOpenAI(shown)).toBe(shown);
    expect(shown.baseURL).toBe("https://api.openai.com/v1");
  });

  it("leaves the original client untraced", async () => {
    const { client } = scriptedOpenAI([{ json: completion("a") }]);
    tracedOpenAI(client);
    await client.chat.completions.create(REQUEST);
    expect(await countTraces()).toBe(0);
  });

  it("traces copies with other options once", async () => {
    const { client } = traced({ json: completion("a") });
    const copy = client.withOptions({ maxRetries: 3 });
    expect(copy.maxRetries).toBe(3);
    await copy.chat.completions.create(REQUEST);
    await onlySpan();
  });

  it("traces Azure's client, which is a subclass", async () => {
    const { client: plain, calls } = scriptedOpenAI([{ json: completion("azure") }]);
    const options = { apiKey: "key", apiVersion: "2024-10-21", endpoint: "https://x.openai.azure.com" };
    const client = tracedOpenAI(new AzureOpenAI({ ...options, fetch: Reflect.get(plain, "fetch") }));
    await client.chat.completions.create(REQUEST);
    expect(calls[0]?.url).toContain("/deployments/gpt-4o-mini/chat/completions");
    await onlySpan();
  });
});
