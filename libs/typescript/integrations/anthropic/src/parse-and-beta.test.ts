import Anthropic from "@anthropic-ai/sdk";
import { flushTraces, getLastActiveTraceId, init, MlflowClient, type Span, SpanStatusCode } from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeTrackingServer } from "../../../core/src/testing/fake-tracking-server.js";
import { message, type Reply, scriptedAnthropic, streamedEvents } from "./testing/scripted-anthropic.js";
import { tracedAnthropic } from "./traced-anthropic.js";

const REQUEST = {
  model: "claude-sonnet-5-5",
  max_tokens: 256,
  messages: [{ role: "user" as const, content: "How many people live in Oslo?" }],
};
const ANSWER = { role: "assistant", content: [{ text: "Hello there" }, { name: "get_weather" }] };
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
  return { client: tracedAnthropic(client), calls };
}

async function onlySpan(): Promise<Span> {
  await flushTraces();
  const { data } = await new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "");
  expect(data.spans.map(({ name }) => name)).toEqual(["Messages"]);
  const [span] = data.spans;
  if (!span) throw new Error("no span");
  return span;
}

describe("messages.parse", () => {
  const format = {
    type: "json_schema" as const,
    schema: { type: "object" },
    parse: (text: string) => JSON.parse(text),
  };
  const request = { ...REQUEST, output_config: { format } };

  it.each(["messages", "beta"] as const)("is one span with what was parsed (%s)", async (which) => {
    const { client, calls } = setUp({ json: message('{"city":"Oslo"}') });
    const { parsed_output } = await (which === "beta"
      ? client.beta.messages.parse(request)
      : client.messages.parse(request));
    expect(parsed_output).toEqual({ city: "Oslo" });
    const span = await onlySpan();
    expect(span.inputs).toEqual({
      ...REQUEST,
      output_config: { format: { type: "json_schema", schema: { type: "object" } } },
    });
    expect(span.outputs).toEqual({ ...message('{"city":"Oslo"}'), parsed_output: { city: "Oslo" } });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toMatchObject({ total_tokens: 33 });
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("has the message that could not be parsed, and its tokens", async () => {
    const { client } = setUp({ json: message("Oslo, I think") });
    await expect(client.messages.parse(request)).rejects.toThrow("Failed to parse structured output");
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(span.outputs).toEqual(message("Oslo, I think"));
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toMatchObject({ total_tokens: 33 });
  });

  it("records a refusal and rethrows it", async () => {
    const json = { type: "error", error: { type: "invalid_request_error", message: "bad" } };
    const { client } = setUp({ status: 400, json });
    await expect(client.messages.parse(request)).rejects.toBeInstanceOf(Anthropic.BadRequestError);
    expect((await onlySpan()).outputs).toBeUndefined();
  });

  it("adds nothing where no format was asked for", async () => {
    const { client } = setUp({ json: message("Oslo") });
    await client.messages.parse(REQUEST);
    expect((await onlySpan()).outputs).toEqual(message("Oslo"));
  });
});

describe("beta.messages", () => {
  it("records create, with the names of its betas", async () => {
    const { client, calls } = setUp({ json: message("one") });
    const request = { ...REQUEST, betas: ["context-1m-2025-08-07"] };
    const { data, response } = await client.beta.messages.create(request).withResponse();
    expect([data.id, response.status]).toEqual(["msg_1", 200]);
    const span = await onlySpan();
    expect(span.inputs).toEqual(request);
    expect(span.outputs).toEqual(message("one"));
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("records create with stream: true", async () => {
    const { client } = setUp({ events: streamedEvents(["Hello", " there"]) });
    for await (const _ of await client.beta.messages.create({ ...REQUEST, stream: true }));
    const span = await onlySpan();
    expect(span.outputs).toMatchObject(ANSWER);
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(STREAM_USAGE);
  });

  it("records the stream helper, read in any way or left", async () => {
    const events = streamedEvents(["Hello", " there"]);
    const { client } = setUp({ events }, { events }, { events, hang: true });
    expect((await client.beta.messages.stream(REQUEST).finalMessage()).id).toBe("msg_1");
    const { outputs } = await onlySpan();
    expect(outputs).toMatchObject(ANSWER);
    expect(JSON.stringify(outputs)).not.toMatch(/parsed_output|Undefined/);
    for await (const _ of client.beta.messages.stream(REQUEST));
    expect((await onlySpan()).outputs).toMatchObject(ANSWER);
    const left = client.beta.messages.stream(REQUEST);
    for await (const event of left) if (event.type === "content_block_delta") break;
    await left.done().catch(() => {});
    const span = await onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(span.outputs).toMatchObject({ content: [{ text: "Hello" }] });
  });
});
