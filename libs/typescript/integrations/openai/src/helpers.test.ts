import { flushTraces, getLastActiveTraceId, SpanStatusCode, trace, withSpan } from "mlflow-tracing";
import OpenAI from "openai";
import { zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CHAT_TOKENS, completion, textChunks, toolChunks, WEATHER_TOOL } from "./testing/chat-replies.js";
import { countTraces, onlySpan, readTrace, recordTraces, traced } from "./testing/recorded-traces.js";
import { completedEvents, outputMessage, response } from "./testing/response-replies.js";
import type { Reply } from "./testing/scripted-openai.js";

const CHAT = { model: "gpt-4o-mini", messages: [{ role: "user" as const, content: "Weather in Oslo?" }] };
const RESPONSE = { model: "gpt-4o-mini", input: "Weather in Oslo?" };
const Weather = z.object({ city: z.string(), degrees: z.number() });
const OSLO = { city: "Oslo", degrees: -4 };

recordTraces();

describe("parse", () => {
  const parsing = { ...CHAT, response_format: zodResponseFormat(Weather, "weather") };

  it("is one span with the parsed completion", async () => {
    const { client, calls } = traced({ json: completion(JSON.stringify(OSLO)) });
    const reply = await client.chat.completions.parse(parsing);
    expect(reply.choices[0]?.message.parsed).toEqual(OSLO);
    const span = await onlySpan();
    expect(span.name).toBe("Completions");
    expect(span.inputs).toMatchObject({ response_format: { json_schema: { name: "weather" } } });
    expect(span.outputs).toMatchObject({ choices: [{ message: { parsed: OSLO } }] });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(CHAT_TOKENS);
    expect(calls[0]?.headers.get("x-stainless-helper-method")).toBe("chat.completions.parse");
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("keeps the members of the promise", async () => {
    const { client } = traced({ json: completion(JSON.stringify(OSLO)) });
    const { data, request_id } = await client.chat.completions.parse(parsing).withResponse();
    expect([data.choices[0]?.message.parsed, request_id]).toEqual([OSLO, "req_1"]);
    await onlySpan();
  });

  it("has the answer and its tokens when it cannot be parsed", async () => {
    const { client } = traced({ json: completion('{"city":', {}, "length") });
    await expect(client.chat.completions.parse(parsing)).rejects.toThrow("length limit");
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: '{"city":' } }] });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(CHAT_TOKENS);
  });

  it("records a refused request", async () => {
    const { client } = traced({ status: 429, json: { error: { message: "Slow down" } } });
    await expect(client.chat.completions.parse(parsing)).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    expect((await onlySpan()).status.description).toContain("Slow down");
  });

  it("works for responses", async () => {
    const { client } = traced({ json: response([outputMessage(JSON.stringify(OSLO))]) });
    const reply = await client.responses.parse({ ...RESPONSE, text: { format: zodTextFormat(Weather, "weather") } });
    expect(reply.output_parsed).toEqual(OSLO);
    const { name, outputs } = await onlySpan();
    expect(name).toBe("Responses");
    expect(outputs).toMatchObject({ output: [{ content: [{ parsed: OSLO }] }] });
    expect(outputs).not.toHaveProperty("output_parsed");
  });
});

describe("chat.completions.stream", () => {
  const helper = (...replies: Reply[]) => {
    const { client, calls } = traced(...replies);
    return { stream: client.chat.completions.stream(CHAT), calls };
  };
  type Stream = ReturnType<typeof helper>["stream"];

  it.each<[string, (stream: Stream) => Promise<unknown>]>([
    ["finalChatCompletion", (stream) => stream.finalChatCompletion()],
    ["finalContent", (stream) => stream.finalContent()],
    ["done", (stream) => stream.done()],
    ["events", (stream) => new Promise<void>((resolve) => stream.on("end", resolve))],
    [
      "iteration",
      async (stream) => {
        for await (const _ of stream);
      },
    ],
  ])("is one span however it is read: %s", async (_name, read) => {
    const { stream, calls } = helper({ events: textChunks(["Hello", " there"]) });
    await read(stream);
    const span = await onlySpan();
    expect(span.inputs).toEqual({ ...CHAT, stream: true });
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: "Hello there" }, finish_reason: "stop" }] });
    expect(JSON.stringify(span.outputs)).not.toContain("parsed");
    expect(span.events).toHaveLength(5);
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(CHAT_TOKENS);
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("hands out the pieces of text as they come", async () => {
    const { stream } = helper({ events: textChunks(["Hello", " there"]) });
    const pieces: string[] = [];
    expect(await stream.on("content", (piece) => pieces.push(piece)).finalContent()).toBe("Hello there");
    expect(pieces.join("")).toBe("Hello there");
  });

  it("is in the trace that was open when it was called", async () => {
    const { client } = traced({ events: textChunks(["Hello"]) });
    const stream = withSpan(() => client.chat.completions.stream(CHAT), { name: "root" });
    const id = getLastActiveTraceId();
    await stream.done();
    expect((await readTrace(id)).data.spans.map(({ name }) => name)).toEqual(["root", "Completions"]);
  });

  it("is OK with what had come when the reader breaks", async () => {
    const { stream } = helper({ events: textChunks(["Hello", " there"]), hang: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content === "Hello") break;
    await stream.done().catch(() => {});
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(JSON.stringify(span.outputs)).toContain('"content":"Hello');
  });

  it("records a failure and rethrows it", async () => {
    const { stream } = helper({ status: 429, json: { error: { message: "Slow down" } } });
    await expect(stream.finalContent()).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    const span = await onlySpan();
    expect(span.status.description).toContain("Slow down");
    expect(span.outputs).toBeUndefined();
  });

  it("records an abort before the request", async () => {
    const { stream } = helper({ events: textChunks(["x"]) });
    stream.abort();
    await expect(stream.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });

  it("ends before the code that waits for it goes on, also when it fails", async () => {
    const { client } = traced({ throws: new Error("no network") });
    const ask = withSpan(() => client.chat.completions.stream(CHAT).finalContent(), { name: "root" });
    await expect(ask).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    const { spans } = (await readTrace()).data;
    expect(spans.map(({ status }) => status.statusCode)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  });

  it("still reports a failure that nobody handles", async () => {
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    const seen = new Promise<unknown>((resolve) => process.once("unhandledRejection", resolve));
    helper({ status: 400, json: { error: { message: "bad" } } });
    const reason = await seen;
    for (const listener of listeners) process.on("unhandledRejection", listener);
    expect(reason).toBeInstanceOf(OpenAI.BadRequestError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });
});

describe("responses.stream", () => {
  it("is one span with the response", async () => {
    const { client } = traced({ events: completedEvents(["Hello", " there"]) });
    const stream = client.responses.stream(RESPONSE);
    expect((await stream.finalResponse()).output_text).toBe("Hello there");
    const span = await onlySpan();
    expect([span.name, span.inputs]).toEqual(["Responses", { ...RESPONSE, stream: true }]);
    expect(span.outputs).toEqual(response([outputMessage("Hello there")]));
  });

  it("is no span when a stored response is read again", async () => {
    const { client } = traced({ events: completedEvents(["Hello"]) });
    const reply = await client.responses.stream({ response_id: "resp_1" }).finalResponse();
    expect(reply.output_text).toBe("Hello");
    expect(await countTraces()).toBe(0);
  });
});

describe("chat.completions.runTools", () => {
  const getWeather = trace(async function get_weather({ city }: { city: string }) {
    return `${city}: -4 degrees`;
  });
  const tools = [
    {
      type: "function" as const,
      function: { ...WEATHER_TOOL.function, function: getWeather, parse: (text: string) => JSON.parse(text) },
    },
  ];
  const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };

  it.each([
    [
      "completions",
      false,
      { json: completion(null, { tool_calls: [call] }, "tool_calls") },
      { json: completion("Cold.") },
    ],
    ["streams", true, { events: toolChunks() }, { events: textChunks(["Cold."]) }],
  ])("has a span for each request, and the tools between them: %s", async (_name, stream, first, second) => {
    const { client, calls } = traced(first, second);
    const run = async () => await client.chat.completions.runTools({ ...CHAT, tools, stream } as never).finalContent();
    expect(await withSpan(run, { name: "agent" })).toBe("Cold.");
    const { spans } = (await readTrace()).data;
    expect(spans.map(({ name }) => name)).toEqual(["agent", "Completions", "get_weather", "Completions"]);
    expect(new Set(spans.slice(1).map(({ parentId }) => parentId))).toEqual(new Set([spans[0]?.spanId]));
    expect(spans[3]?.inputs).toMatchObject({ messages: [{}, {}, { role: "tool", content: "Oslo: -4 degrees" }] });
    expect(calls.map(({ headers }) => headers.get("traceparent")?.split("-")[2])).toEqual([
      spans[1]?.spanId,
      spans[3]?.spanId,
    ]);
    await flushTraces();
    expect(await countTraces()).toBe(1);
  });
});
