import Anthropic from "@anthropic-ai/sdk";
import {
  flushTraces,
  getLastActiveTraceId,
  init,
  MlflowClient,
  type Span,
  SpanStatusCode,
  SpanType,
  type Trace,
  trace,
  withSpan,
} from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeTrackingServer } from "../../../core/src/testing/fake-tracking-server.js";
import { message, type Reply, scriptedAnthropic, streamedEvents } from "./testing/scripted-anthropic.js";
import { tracedAnthropic } from "./traced-anthropic.js";

const REQUEST = {
  model: "claude-sonnet-5-5",
  max_tokens: 256,
  messages: [{ role: "user" as const, content: "How many people live in Oslo?" }],
};
const ANSWER = {
  role: "assistant",
  content: [
    { type: "text", text: "Hello there" },
    { input: { city: "Oslo" }, name: "get_weather" },
  ],
};
const STREAM_USAGE = { input_tokens: 9, output_tokens: 30, total_tokens: 39, cache_read_input_tokens: 3 };

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

function setUp(...replies: Reply[]) {
  const { client, calls } = scriptedAnthropic(replies);
  return { original: client, client: tracedAnthropic(client), calls };
}

async function readTrace(id = getLastActiveTraceId() ?? ""): Promise<Trace> {
  await flushTraces();
  return new MlflowClient({ trackingUri: server.uri }).getTrace(id);
}

async function onlySpan(): Promise<Span> {
  const { spans } = (await readTrace()).data;
  expect(spans.map(({ name }) => name)).toEqual(["Messages"]);
  const [span] = spans;
  if (!span) throw new Error("no span");
  return span;
}

describe("messages.create", () => {
  it("is one LLM span with the request, the message and its usage", async () => {
    const usage = {
      input_tokens: 21,
      output_tokens: 12,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 5,
      cache_creation: { ephemeral_1h_input_tokens: 2, ephemeral_5m_input_tokens: 3 },
    };
    const { client, calls } = setUp({ json: message("Oslo has about 720,000 inhabitants.", usage) });
    const reply = await client.messages.create(REQUEST);
    expect(reply.content[0]).toMatchObject({ text: "Oslo has about 720,000 inhabitants." });
    const span = await onlySpan();
    expect(span.spanType).toBe(SpanType.LLM);
    expect(span.inputs).toEqual(REQUEST);
    expect(span.outputs).toEqual(message("Oslo has about 720,000 inhabitants.", usage));
    expect(span.attributes).toMatchObject({
      "mlflow.message.format": "anthropic",
      "mlflow.llm.model": "claude-sonnet-5-5",
      "mlflow.llm.provider": "anthropic",
      "mlflow.spanLogLevel": 20,
      "mlflow.chat.tokenUsage": {
        input_tokens: 21,
        output_tokens: 12,
        total_tokens: 33,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 5,
        cache_creation_input_tokens_above_1hr: 2,
      },
    });
    const { info } = await readTrace();
    expect(info.requestPreview).toBe("How many people live in Oslo?");
    expect(info.tokenUsage?.total_tokens).toBe(33);
    expect(info.tags["mlflow.traceName"]).toBe("Messages");
    const traceparent = `00-${info.traceId.slice(3)}-${span.spanId}-01`;
    expect(calls[0]?.headers.get("traceparent")).toBe(traceparent);
  });

  it("leaves the original client as it was", async () => {
    const { original, client } = setUp({ json: message("a") }, { json: message("b") });
    expect(client).toBeInstanceOf(Anthropic);
    expect(original.openTelemetry.tracerProvider).toBeUndefined();
    expect(tracedAnthropic(client)).toBe(client);
    await client.messages.create(REQUEST);
    await onlySpan();
  });

  it("adds no header and no span where the client was told to make none", async () => {
    const { client, calls } = scriptedAnthropic([{ json: message("a") }], { openTelemetry: false });
    await tracedAnthropic(client).messages.create(REQUEST);
    await onlySpan();
    expect(calls[0]?.headers.has("traceparent")).toBe(false);
  });

  it("writes tools in OpenAI's form", async () => {
    const input_schema = { type: "object" as const, properties: { city: { type: "string" } }, required: ["city"] };
    const { client } = setUp({ json: message("ok") });
    const tools = [{ name: "get_weather", description: "The weather in a city now", input_schema }];
    await client.messages.create({ ...REQUEST, tools });
    const parameters = input_schema;
    expect((await onlySpan()).getAttribute("mlflow.chat.tools")).toEqual([
      { type: "function", function: { name: "get_weather", description: "The weather in a city now", parameters } },
    ]);
  });

  it("records a refusal and rethrows the client's own error", async () => {
    const error = { type: "error", error: { type: "invalid_request_error", message: "max_tokens is too small" } };
    const { client } = setUp({ status: 400, json: error });
    const thrown: unknown = await client.messages
      .create({ ...REQUEST, max_tokens: 0 })
      .catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(Anthropic.BadRequestError);
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.status.description).toContain("max_tokens is too small");
    expect(span.events[0]?.attributes["exception.type"]).toBe("BadRequestError");
    expect(span.outputs).toBeUndefined();
    expect(span.attributes).toMatchObject({ "mlflow.message.format": "anthropic", "mlflow.llm.provider": "anthropic" });
    expect(span.getAttribute("mlflow.llm.model")).toBe(REQUEST.model);
  });

  it("records what create itself throws", async () => {
    const { client } = setUp();
    expect(() => client.messages.create(undefined as never)).toThrow(TypeError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });

  it("keeps withResponse and asResponse", async () => {
    const { client } = setUp({ json: message("one") }, { json: message("two") });
    const { data, response, request_id } = await client.messages.create(REQUEST).withResponse();
    expect([data.id, response.status, request_id]).toEqual(["msg_1", 200, "req_1"]);
    expect((await onlySpan()).outputs).toMatchObject({ content: [{ text: "one" }] });
    const raw = await client.messages.create(REQUEST).asResponse();
    expect(await raw.json()).toEqual(message("two"));
    const span = await onlySpan();
    expect([span.status.statusCode, span.outputs]).toEqual([SpanStatusCode.OK, undefined]);
  });

  it("can be awaited twice, raced and finally-ed with one span", async () => {
    const { client } = setUp({ json: message("one") });
    const promise = client.messages.create(REQUEST);
    let finals = 0;
    const all = await Promise.all([promise, Promise.race([promise]), promise.finally(() => finals++)]);
    expect(new Set(all).size).toBe(1);
    expect(finals).toBe(1);
    await onlySpan();
  });

  it("gives concurrent calls their own parents", async () => {
    const { client } = setUp(...["Un", "Ein", "Et"].map((text) => ({ json: message(text) })));
    const ask = trace(async function ask(language: string) {
      const content = `What is a lighthouse? Answer in ${language}.`;
      return (await client.messages.create({ ...REQUEST, messages: [{ role: "user", content }] })).content;
    });
    await withSpan(() => Promise.all(["French", "German", "Norwegian"].map((language) => ask(language))), {
      name: "languages",
    });
    const { spans } = (await readTrace()).data;
    expect(spans).toHaveLength(7);
    for (const span of spans.filter(({ name }) => name === "Messages")) {
      const parent = spans.find(({ spanId }) => spanId === span.parentId);
      expect(JSON.stringify(span.inputs)).toContain(String(Object.values(Object(parent?.inputs))[0]));
    }
    expect((await readTrace()).info.tokenUsage).toEqual({ input_tokens: 63, output_tokens: 36, total_tokens: 99 });
  });

  it("leaves other methods alone", async () => {
    const { client } = setUp({ json: { input_tokens: 4 } });
    const before = getLastActiveTraceId();
    expect(await client.messages.countTokens(REQUEST)).toEqual({ input_tokens: 4 });
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
    expect(client.withOptions({ maxRetries: 3 }).maxRetries).toBe(3);
  });
});

describe("messages.create with stream: true", () => {
  const streaming = { ...REQUEST, stream: true as const };

  it("ends the span when the stream is exhausted, with the assembled message", async () => {
    const { client, calls } = setUp({ events: streamedEvents(["Hello", " there"]) });
    const types: string[] = [];
    for await (const event of await client.messages.create(streaming)) types.push(event.type);
    expect(types).toHaveLength(11);
    const span = await onlySpan();
    expect(span.outputs).toMatchObject({ ...ANSWER, stop_reason: "tool_use" });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(STREAM_USAGE);
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("ends the span when the reader breaks", async () => {
    const { client } = setUp({ events: streamedEvents(["Hello", " there"]), hang: true });
    const stream = await client.messages.create(streaming);
    for await (const event of stream) if (event.type === "content_block_delta") break;
    expect(stream.controller.signal.aborted).toBe(true);
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ content: [{ text: "Hello" }], stop_reason: null });
  });

  it("records a stream that is cut, with what had come", async () => {
    const { client } = setUp({ events: streamedEvents(["Hel"]).slice(0, 3), cut: true });
    const read = async () => {
      for await (const _ of await client.messages.create(streaming));
    };
    await expect(read()).rejects.toThrow("connection reset");
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.outputs).toMatchObject({ content: [{ text: "Hel" }] });
  });

  it("records an error event", async () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    const { client } = setUp({ events: [...streamedEvents(["a"]).slice(0, 2), error] });
    const read = async () => {
      for await (const _ of await client.messages.create(streaming));
    };
    await expect(read()).rejects.toBeInstanceOf(Anthropic.APIError);
    expect((await onlySpan()).status.description).toContain("overloaded_error");
  });

  it("follows a stream through tee and toReadableStream", async () => {
    const { client } = setUp({ events: streamedEvents(["x"]) }, { events: streamedEvents(["y"]) });
    const [left, right] = (await client.messages.create(streaming)).tee();
    const count = async (stream: AsyncIterable<unknown>) => {
      let events = 0;
      for await (const _ of stream) events++;
      return events;
    };
    expect(await Promise.all([count(left), count(right)])).toEqual([10, 10]);
    expect((await onlySpan()).outputs).toMatchObject({ content: [{ text: "x" }, {}] });
    await new Response((await client.messages.create(streaming)).toReadableStream()).text();
    expect((await onlySpan()).outputs).toMatchObject({ content: [{ text: "y" }, {}] });
  });

  it("ends the span of a stream that is aborted unread", async () => {
    const { client } = setUp({ events: streamedEvents(["x"]) });
    (await client.messages.create(streaming)).controller.abort();
    expect((await onlySpan()).outputs).toBeUndefined();
  });

  it("joins the trace of a root that ended before the stream was read", async () => {
    const { client } = setUp({ events: streamedEvents(["Hello", " there"]) });
    const stream = await withSpan(() => client.messages.create(streaming), { name: "root" });
    const id = getLastActiveTraceId();
    for await (const _ of stream);
    const { info, data } = await readTrace(id);
    expect(data.spans.map(({ name }) => name)).toEqual(["root", "Messages"]);
    expect(data.spans[1]?.outputs).toMatchObject(ANSWER);
    expect(info.tokenUsage).toEqual(STREAM_USAGE);
  });
});

describe("messages.stream", () => {
  const helper = (...replies: Reply[]) => {
    const { client, calls } = setUp(...replies);
    return { stream: client.messages.stream(REQUEST), calls };
  };

  it.each([
    ["finalMessage", async (stream: ReturnType<typeof helper>["stream"]) => void (await stream.finalMessage())],
    ["finalText", async (stream: ReturnType<typeof helper>["stream"]) => void (await stream.finalText())],
    ["done", (stream: ReturnType<typeof helper>["stream"]) => stream.done()],
    [
      "events",
      (stream: ReturnType<typeof helper>["stream"]) => new Promise<void>((resolve) => stream.on("end", resolve)),
    ],
    [
      "iteration",
      async (stream: ReturnType<typeof helper>["stream"]) => {
        for await (const _ of stream);
      },
    ],
  ])("is one span however it is read: %s", async (_name, read) => {
    const { stream, calls } = helper({ events: streamedEvents(["Hello", " there"]) });
    await read(stream);
    const span = await onlySpan();
    expect(span.outputs).toMatchObject({ ...ANSWER, stop_reason: "tool_use" });
    expect(JSON.stringify(span.outputs)).not.toMatch(/parsed_output|Undefined/);
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(STREAM_USAGE);
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("hands out the pieces of text as they come", async () => {
    const { stream } = helper({ events: streamedEvents(["Hello", " there"]) });
    const pieces: string[] = [];
    expect(await stream.on("text", (piece) => pieces.push(piece)).finalText()).toBe("Hello there");
    expect(pieces).toEqual(["Hello", " there"]);
  });

  it("ends the span when the reader breaks", async () => {
    const { stream } = helper({ events: streamedEvents(["Hello", " there"]), hang: true });
    for await (const event of stream) if (event.type === "content_block_delta") break;
    await stream.done().catch(() => {});
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ content: [{ text: "Hello" }] });
  });

  it("records a failure and rethrows it", async () => {
    const { stream } = helper({
      status: 429,
      json: { type: "error", error: { type: "rate_limit_error", message: "Slow down" } },
    });
    await expect(stream.finalMessage()).rejects.toBeInstanceOf(Anthropic.RateLimitError);
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.status.description).toContain("Slow down");
    expect(span.outputs).toBeUndefined();
  });

  it("ends before the code that waits for it goes on, also when it fails", async () => {
    const { client } = setUp({ throws: new Error("no network") });
    const ask = withSpan(() => client.messages.stream(REQUEST).finalMessage(), { name: "root" });
    await expect(ask).rejects.toBeInstanceOf(Anthropic.APIConnectionError);
    await flushTraces();
    expect(server.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
    const { spans } = (await readTrace()).data;
    expect(spans.map(({ status }) => status.statusCode)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  });

  it("still reports a failure that nobody handles", async () => {
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    const seen = new Promise<unknown>((resolve) => process.once("unhandledRejection", resolve));
    helper({ status: 400, json: { type: "error", error: { type: "invalid_request_error", message: "bad" } } });
    const reason = await seen;
    for (const listener of listeners) process.on("unhandledRejection", listener);
    expect(reason).toBeInstanceOf(Anthropic.BadRequestError);
    expect((await onlySpan()).status.statusCode).toBe(SpanStatusCode.ERROR);
  });
});
