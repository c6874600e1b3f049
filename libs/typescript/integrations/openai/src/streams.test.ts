import { getLastActiveTraceId, SpanStatusCode, withSpan } from "mlflow-tracing";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { CHUNK_EVENT_LIMIT } from "./chunk-events.js";
import { CHAT_TOKENS, CHAT_USAGE, chunk, textChunks, toolChunks } from "./testing/chat-replies.js";
import { countTraces, onlySpan, readTrace, recordTraces, traced } from "./testing/recorded-traces.js";
import { completedEvents, outputMessage, RESPONSE_TOKENS, response, textEvents } from "./testing/response-replies.js";

const CHAT = {
  model: "gpt-4o-mini",
  messages: [{ role: "user" as const, content: "A line about a harbour." }],
  stream: true as const,
};
const RESPONSE = { model: "gpt-4o-mini", input: "A line about a harbour.", stream: true as const };

async function readAll<T>(stream: Promise<AsyncIterable<T>> | AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of await stream) parts.push(part);
  return parts;
}

recordTraces();

describe("chat.completions.create with stream: true", () => {
  it("ends the span when the stream is exhausted, with the completion that its chunks stand for", async () => {
    const chunks = textChunks(["Hello", " there"]);
    const { client, calls } = traced({ events: chunks });
    expect(await readAll(client.chat.completions.create(CHAT))).toEqual(chunks);
    const span = await onlySpan();
    expect(span.inputs).toEqual(CHAT);
    expect(span.outputs).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_760_000_000,
      model: "gpt-4o-mini-2024-07-18",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hello there", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: CHAT_USAGE,
    });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(CHAT_TOKENS);
    expect(span.getAttribute("mlflow.llm.model")).toBe("gpt-4o-mini-2024-07-18");
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("has an event for each chunk", async () => {
    const chunks = textChunks(["Hello"]);
    const { client } = traced({ events: chunks });
    await readAll(client.chat.completions.create(CHAT));
    const { events } = await onlySpan();
    expect(events.map(({ name }) => name)).toEqual(chunks.map((_, at) => `mlflow.chunk.item.${at}`));
    expect(events.map(({ attributes }) => JSON.parse(String(attributes["mlflow.chunk.value"])))).toEqual(chunks);
  });

  it("counts the chunks beyond the limit, and still has the whole text", async () => {
    const pieces = Array.from({ length: CHUNK_EVENT_LIMIT + 20 }, (_, at) => `${at},`);
    const { client } = traced({ events: pieces.map((content) => chunk({ content })) });
    await readAll(client.chat.completions.create(CHAT));
    const span = await onlySpan();
    expect(span.events).toHaveLength(CHUNK_EVENT_LIMIT);
    expect(span.events[0]?.name).toBe("mlflow.chunk.item.0");
    expect(span.getAttribute("mlflow.chunk.droppedItems")).toBe(20);
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: pieces.join("") } }] });
  });

  it("puts tool calls together", async () => {
    const { client } = traced({ events: toolChunks() });
    await readAll(client.chat.completions.create(CHAT));
    const call = { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };
    expect((await onlySpan()).outputs).toMatchObject({
      choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: "tool_calls" }],
    });
  });

  it("is OK with what had come when the reader breaks", async () => {
    const { client } = traced({ events: textChunks(["Hello", " there"]), hang: true });
    const stream = await client.chat.completions.create(CHAT);
    for await (const { choices } of stream) if (choices[0]?.delta.content === "Hello") break;
    expect(stream.controller.signal.aborted).toBe(true);
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: "Hello" }, finish_reason: null }] });
    expect(span.events).toHaveLength(2);
  });

  it("is OK with what had come when it is aborted", async () => {
    const { client } = traced({ events: textChunks(["Hello"]).slice(0, 2), hang: true });
    const abort = new AbortController();
    const stream = await client.chat.completions.create(CHAT, { signal: abort.signal });
    for await (const { choices } of stream) if (choices[0]?.delta.content === "Hello") abort.abort();
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: "Hello" } }] });
  });

  it("records a stream that is cut, with what had come", async () => {
    const { client } = traced({ events: textChunks(["Hel"]).slice(0, 2), cut: true });
    await expect(readAll(client.chat.completions.create(CHAT))).rejects.toThrow("connection reset");
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: "Hel" } }] });
    expect(span.events.map(({ name }) => name)).toEqual(["mlflow.chunk.item.0", "mlflow.chunk.item.1", "exception"]);
  });

  it("records an error that comes within the stream", async () => {
    const error = { error: { message: "Overloaded", type: "server_error", code: "overloaded" } };
    const { client } = traced({ events: [...textChunks(["Hel"]).slice(0, 2), error] });
    await expect(readAll(client.chat.completions.create(CHAT))).rejects.toBeInstanceOf(OpenAI.APIError);
    const span = await onlySpan();
    expect(span.status.description).toContain("Overloaded");
    expect(span.outputs).toMatchObject({ choices: [{ message: { content: "Hel" } }] });
  });

  it("follows a stream through tee and toReadableStream", async () => {
    const { client } = traced({ events: textChunks(["x"]) }, { events: textChunks(["y"]) });
    const [left, right] = (await client.chat.completions.create(CHAT)).tee();
    expect((await Promise.all([readAll(left), readAll(right)])).map(({ length }) => length)).toEqual([4, 4]);
    expect((await readTrace()).data.spans[0]?.outputs).toMatchObject({ choices: [{ message: { content: "x" } }] });
    await new Response((await client.chat.completions.create(CHAT)).toReadableStream()).text();
    expect((await readTrace()).data.spans[0]?.outputs).toMatchObject({ choices: [{ message: { content: "y" } }] });
    expect(await countTraces()).toBe(2);
  });

  it("ends the span of a stream that is aborted unread", async () => {
    const { client } = traced({ events: textChunks(["x"]) });
    (await client.chat.completions.create(CHAT)).controller.abort();
    const span = await onlySpan();
    expect([span.status.statusCode, span.outputs]).toEqual([SpanStatusCode.OK, undefined]);
  });

  it("leaves the span of a stream open that nobody reads", async () => {
    const { client } = traced({ events: textChunks(["x"]) });
    await client.chat.completions.create(CHAT);
    expect(await countTraces()).toBe(0);
  });

  it("joins the trace of a root that ended before the stream was read", async () => {
    const { client } = traced({ events: textChunks(["Hello"]) });
    const stream = await withSpan(() => client.chat.completions.create(CHAT), { name: "root" });
    const id = getLastActiveTraceId();
    await readAll(stream);
    const { info, data } = await readTrace(id);
    expect(data.spans.map(({ name }) => name)).toEqual(["root", "Completions"]);
    expect(info.tokenUsage).toEqual(CHAT_TOKENS);
  });

  it("gives the stream with its response", async () => {
    const { client } = traced({ events: textChunks(["Hello"]) });
    const { data, request_id } = await client.chat.completions.create(CHAT).withResponse();
    expect([(await readAll(data)).length, request_id]).toEqual([4, "req_1"]);
    await onlySpan();
  });

  it("puts completions of the older API together", async () => {
    const part = (text: string, finish_reason: string | null) => ({
      id: "cmpl-1",
      object: "text_completion",
      model: "gpt-3.5-turbo-instruct",
      choices: [{ index: 0, text, logprobs: null, finish_reason }],
    });
    const { client } = traced({ events: [part("a ", null), part("line", null), part("", "stop")] });
    await readAll(client.completions.create({ model: "gpt-3.5-turbo-instruct", prompt: "Write", stream: true }));
    expect((await onlySpan()).outputs).toEqual(part("a line", "stop"));
  });
});

describe("responses.create with stream: true", () => {
  it("has the response that the last event brings, and an event for each event", async () => {
    const events = completedEvents(["Hello", " there"]);
    const { client } = traced({ events });
    expect(await readAll(client.responses.create(RESPONSE))).toEqual(events);
    const span = await onlySpan();
    expect(span.name).toBe("Responses");
    expect(span.outputs).toEqual(response([outputMessage("Hello there")]));
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(RESPONSE_TOKENS);
    expect(span.events).toHaveLength(events.length);
  });

  it("is OK with what had come when the reader breaks", async () => {
    const { client } = traced({ events: completedEvents(["Hello", " there"]), hang: true });
    for await (const event of await client.responses.create(RESPONSE)) {
      if (event.type === "response.output_text.delta") break;
    }
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ status: "in_progress", output: [{ content: [{ text: "Hello" }] }] });
    expect(span.attributes).not.toHaveProperty("mlflow.chat.tokenUsage");
  });

  it("fails with a response that failed, and keeps its text", async () => {
    const failed = response([], { status: "failed", error: { code: "server_error", message: "crashed" } });
    const { client } = traced({ events: [...textEvents(["Hel"]), { type: "response.failed", response: failed }] });
    await readAll(client.responses.create(RESPONSE));
    const span = await onlySpan();
    expect([span.status.statusCode, span.status.description]).toEqual([SpanStatusCode.ERROR, "server_error: crashed"]);
    expect(span.outputs).toMatchObject({ status: "failed", output: [{ content: [{ text: "Hel" }] }] });
  });

  it("fails with an error event", async () => {
    const error = { type: "error", code: "rate_limit_exceeded", message: "Slow down", param: null };
    const { client } = traced({ events: [...textEvents(["Hel"]), error] });
    await readAll(client.responses.create(RESPONSE));
    const span = await onlySpan();
    expect(span.status.description).toBe("rate_limit_exceeded: Slow down");
    expect(span.getAttribute("mlflow.spanLogLevel")).toBe(40);
    expect(span.outputs).toMatchObject({ status: "failed", output: [{ content: [{ text: "Hel" }] }] });
  });

  it("takes an incomplete response as it is", async () => {
    const incomplete = response([outputMessage("Hel")], { status: "incomplete" });
    const { client } = traced({
      events: [...textEvents(["Hel"]), { type: "response.incomplete", response: incomplete }],
    });
    await readAll(client.responses.create(RESPONSE));
    const span = await onlySpan();
    expect([span.status.statusCode, span.outputs]).toEqual([SpanStatusCode.OK, incomplete]);
  });
});
