import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MockReply, MockRequest } from "../contract";
import { createOpenAI } from "./index";

const HEADERS = { authorization: "Bearer sk-mock", "content-type": "application/json" };
const CHAT = { model: "gpt-4o-mini", messages: [{ role: "user", content: "Tell me about fjords." }] };
const CHAT_PATH = "/v1/chat/completions";

function request(path: string, body: unknown, change: Partial<MockRequest> = {}): MockRequest {
  const text = typeof body === "string" || body === null ? body : JSON.stringify(body);
  return { method: "POST", url: new URL(path, "https://api.openai.com"), headers: HEADERS, body: text, ...change };
}

const chat = (change: object): MockRequest => request(CHAT_PATH, { ...CHAT, ...change });
const respond = (change: object): MockRequest =>
  request("/v1/responses", { model: "gpt-4o-mini", input: "Hi", ...change });
const text = (reply: MockReply): string => reply.chunks.map(({ data }) => data).join("");
const json = (reply: MockReply) => JSON.parse(text(reply));
const total = (reply: MockReply): number => reply.chunks.reduce((sum, { delayMs }) => sum + delayMs, 0);
const send = (sent: MockRequest, script?: unknown): MockReply => createOpenAI({ script }).handle(sent);

const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
const user = { role: "user", content: "x" };
const tool = (parameters: object, strict = true) => ({ type: "function", function: { name: "f", parameters, strict } });
const format = (schema: object) => ({ type: "json_schema", json_schema: { name: "r", strict: true, schema } });

describe("refusals have the API's shape", () => {
  it.each([
    ["no key", request(CHAT_PATH, CHAT, { headers: {} }), 401, null, null, "didn't provide an API key"],
    ["a key without Bearer", request(CHAT_PATH, CHAT, { headers: { authorization: "sk" } }), 401, null, null, "Bearer"],
    ["another path", request("/v1/chat", CHAT), 404, null, null, "Invalid URL (POST /v1/chat)"],
    ["a GET", request(CHAT_PATH, null, { method: "GET" }), 405, null, "method_not_supported", "Not allowed to GET"],
    ["no JSON", request(CHAT_PATH, '{"model":'), 400, null, null, "not valid JSON"],
    ["no body", request(CHAT_PATH, null), 400, null, null, "not valid JSON"],
    ["bytes", request(CHAT_PATH, null, { body: new Uint8Array([255, 254]) }), 400, null, null, "not valid JSON"],
    ["an array", request(CHAT_PATH, []), 400, null, null, "JSON object"],
    ["deep nesting", request(CHAT_PATH, "[".repeat(100_000)), 400, null, null, "nested too deeply"],
    ["no model", request(CHAT_PATH, { messages: [user] }), 400, null, null, "must provide a model"],
    ["no messages", chat({ messages: undefined }), 400, "messages", "missing_required_parameter", "'messages'"],
    ["empty messages", chat({ messages: [] }), 400, "messages", "empty_array", "empty array"],
    ["messages as text", chat({ messages: "x" }), 400, "messages", "invalid_type", "expected an array"],
    [
      "a bad role",
      chat({ messages: [{ role: "bot", content: "x" }] }),
      400,
      "messages[0].role",
      "invalid_value",
      "'bot'",
    ],
    ["no role", chat({ messages: [{ content: "x" }] }), 400, "messages[0].role", "missing_required_parameter", "role"],
    ["no content", chat({ messages: [{ role: "user" }] }), 400, "messages.[0].content", null, "got null"],
    [
      "content of numbers",
      chat({ messages: [{ role: "user", content: 5 }] }),
      400,
      "messages[0].content",
      "invalid_type",
      "integer",
    ],
    [
      "part without text",
      chat({ messages: [{ role: "user", content: [{ type: "text" }] }] }),
      400,
      "messages[0].content[0].text",
      "missing_required_parameter",
      "text",
    ],
    [
      "a picture of another kind",
      chat({ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "file:///x" } }] }] }),
      400,
      "url",
      "invalid_image_url",
      "image",
    ],
    [
      "a tool's message alone",
      chat({ messages: [user, { role: "tool", tool_call_id: "call_1", content: "x" }] }),
      400,
      "messages.[1].role",
      null,
      "preceeding",
    ],
    [
      "a call without its result",
      chat({ messages: [user, { role: "assistant", tool_calls: [call] }, user] }),
      400,
      "messages",
      null,
      "call_1",
    ],
    [
      "a tool's message without id",
      chat({ messages: [user, { role: "tool", content: "x" }] }),
      400,
      "messages[1].tool_call_id",
      "missing_required_parameter",
      "tool_call_id",
    ],
    ["temperature 3", chat({ temperature: 3 }), 400, "temperature", "decimal_above_max_value", "<= 2, but got 3"],
    ["max_tokens 0", chat({ max_tokens: 0 }), 400, "max_tokens", "integer_below_min_value", ">= 1, but got 0"],
    ["max_tokens 1.5", chat({ max_tokens: 1.5 }), 400, "max_tokens", "invalid_type", "decimal"],
    ["five stops", chat({ stop: ["a", "b", "c", "d", "e"] }), 400, "stop", "array_above_max_length", "array too long"],
    [
      "a strange tool_choice",
      chat({ tools: [tool({ type: "object" }, false)], tool_choice: "some" }),
      400,
      "tool_choice",
      "invalid_value",
      "'some'",
    ],
    ["tool_choice without tools", chat({ tool_choice: "required" }), 400, "tool_choice", null, "'tools' are specified"],
    [
      "tool_choice of no tool",
      chat({ tools: [tool({ type: "object" }, false)], tool_choice: { type: "function", function: { name: "g" } } }),
      400,
      "tool_choice",
      null,
      "'g'",
    ],
    [
      "a tool's name with blanks",
      chat({ tools: [{ type: "function", function: { name: "a b" } }] }),
      400,
      "tools[0].function.name",
      "invalid_value",
      "pattern",
    ],
    [
      "a strict tool of open objects",
      chat({ tools: [tool({ type: "object", properties: {} })] }),
      400,
      "tools[0].function.parameters",
      "invalid_function_parameters",
      "additionalProperties",
    ],
    [
      "a strict schema of an array",
      chat({ response_format: format({ type: "array" }) }),
      400,
      "response_format",
      null,
      "got 'type: \"array\"'",
    ],
    [
      "a strict schema with options",
      chat({ response_format: format({ type: "object", additionalProperties: false, properties: { a: {} } }) }),
      400,
      "response_format",
      null,
      "Missing 'a'",
    ],
    [
      "a strict schema open inside",
      chat({
        response_format: format({
          type: "object",
          additionalProperties: false,
          required: ["a"],
          properties: { a: { type: "array", items: { type: "object" } } },
        }),
      }),
      400,
      "response_format",
      null,
      "('properties', 'a', 'items')",
    ],
    ["JSON mode without the word", chat({ response_format: { type: "json_object" } }), 400, "messages", null, "'json'"],
    [
      "max_tokens for a reasoning model",
      chat({ model: "o3", max_tokens: 5 }),
      400,
      "max_tokens",
      "unsupported_parameter",
      "max_completion_tokens",
    ],
    [
      "temperature for a reasoning model",
      chat({ model: "gpt-5", temperature: 0 }),
      400,
      "temperature",
      "unsupported_value",
      "default (1)",
    ],
    [
      "a prompt that is too long",
      chat({ model: "gpt-4", messages: [{ role: "user", content: "a ".repeat(9000) }] }),
      400,
      "messages",
      "context_length_exceeded",
      "8192 tokens",
    ],
    ["no input", respond({ input: undefined }), 400, "input", "missing_required_parameter", "'input'"],
    ["input of numbers", respond({ input: 5 }), 400, "input", "invalid_type", "integer"],
    [
      "a part of another endpoint",
      respond({ input: [{ role: "user", content: [{ type: "text", text: "x" }] }] }),
      400,
      "input[0].content[0]",
      "invalid_value",
      "'input_text'",
    ],
    [
      "an output without its call",
      respond({ input: [{ type: "function_call_output", call_id: "c", output: "x" }] }),
      400,
      "input",
      null,
      "No tool call found",
    ],
    [
      "a call without its output",
      respond({ input: [{ type: "function_call", call_id: "c", name: "f", arguments: "{}" }] }),
      400,
      "input",
      null,
      "No tool output found",
    ],
    [
      "a lost reference",
      respond({ input: [{ type: "item_reference", id: "msg_1" }] }),
      400,
      "input",
      null,
      "'msg_1' not found",
    ],
    [
      "few output tokens",
      respond({ max_output_tokens: 1 }),
      400,
      "max_output_tokens",
      "integer_below_min_value",
      ">= 16",
    ],
    [
      "a format without a schema",
      respond({ text: { format: { type: "json_schema", name: "r" } } }),
      400,
      "text.format.schema",
      "missing_required_parameter",
      "schema",
    ],
  ])("%s", (_name, sent, status, param, code, message) => {
    const reply = send(sent);
    expect(reply.status).toBe(status);
    expect(json(reply)).toEqual({
      error: { message: expect.stringContaining(message), type: "invalid_request_error", param, code },
    });
    expect(reply.headers).toMatchObject({
      "content-type": "application/json",
      "x-request-id": expect.stringMatching(/^req_/),
    });
  });

  it("a script of any form never makes handle throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (script) => {
        expect([200, 400]).toContain(send(chat({}), script).status);
      }),
    );
  });
});

describe("answers", () => {
  it("are the same for the same sequence of requests, with ids that differ from call to call", () => {
    const run = () => {
      const service = createOpenAI();
      return [chat({}), chat({}), respond({}), respond({ stream: true })].map((sent) => service.handle(sent));
    };
    expect(run()).toEqual(run());
    expect(json(run()[0] as MockReply).id).not.toBe(json(run()[1] as MockReply).id);
  });

  it("drop a tool call that does not fit into the limit", () => {
    const tools = [{ type: "function", function: { name: "get_fjord" } }];
    const reply = json(send(chat({ tools, max_tokens: 2 })));
    expect(reply.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "" } });
    expect(reply.choices[0].message).not.toHaveProperty("tool_calls");
  });

  it("forget the oldest of very many responses", () => {
    const service = createOpenAI({ latency: "off" });
    const first = json(service.handle(respond({}))).id;
    const last = Array.from({ length: 100 }, () => json(service.handle(respond({}))).id).at(-1);
    const follow = (previous_response_id: string) => service.handle(respond({ previous_response_id })).status;
    expect([follow(first), follow(last)]).toEqual([400, 200]);
  });
});

describe("latency", () => {
  it("of a scripted answer is what the script says, streamed or not", () => {
    const script = [{ reply: { text: "A few words that take their time to arrive.", latencyMs: 500 } }];
    for (const sent of [chat({}), respond({})]) expect(total(send(sent, script))).toBe(500);
    for (const sent of [chat({ stream: true }), respond({ stream: true })])
      expect(total(send(sent, script))).toBeCloseTo(500, -1);
  });

  it("grows with the answer, and spreads over the chunks of a stream", () => {
    const long = [{ reply: { text: "word ".repeat(300) } }];
    const short = [{ reply: { text: "word" } }];
    expect(total(send(chat({}), long))).toBeGreaterThan(total(send(chat({}), short)) + 500);
    const delays = send(chat({ stream: true }), long).chunks.map(({ delayMs }) => delayMs);
    expect(delays.filter((delay) => delay > 0).length).toBeGreaterThan(50);
  });

  it("can be switched off", () => {
    const service = createOpenAI({ latency: "off", script: [{ times: 1, reply: { text: "x", latencyMs: 900 } }] });
    const sent = [chat({}), chat({ stream: true }), respond({ stream: true }), chat({ model: "x" })];
    expect(sent.map((each) => total(service.handle(each)))).toEqual([0, 0, 0, 0]);
  });
});

describe("any request", () => {
  const anything = fc.oneof(fc.anything(), fc.constantFrom("auto", "none", 0, -1, {}, []));
  const message = fc.record(
    {
      role: fc.constantFrom("user", "assistant", "system", "tool", "developer"),
      content: fc.oneof(
        fc.string(),
        fc.array(fc.record({ type: fc.constantFrom("text", "image_url"), text: fc.string() })),
        anything,
      ),
      tool_calls: anything,
      tool_call_id: fc.string(),
    },
    { requiredKeys: ["role", "content"] },
  );
  const fields = {
    model: fc.constantFrom(
      "gpt-4o-mini",
      "o3",
      "gpt-5-pro",
      "text-embedding-3-small",
      "omni-moderation-latest",
      "davinci-002",
    ),
    messages: fc.oneof(fc.array(message), fc.constant(CHAT.messages)),
    input: fc.oneof(fc.string(), fc.array(fc.oneof(message, fc.string(), fc.integer())), anything),
    prompt: anything,
    tools: fc.oneof(
      anything,
      fc.array(
        fc.record({
          type: fc.constant("function"),
          function: fc.record({ name: fc.string(), parameters: anything }),
          name: fc.string(),
          parameters: anything,
        }),
      ),
    ),
    tool_choice: anything,
    response_format: anything,
    text: anything,
    n: anything,
    stop: anything,
    stream: fc.boolean(),
  };
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(fields, { requiredKeys: ["model", "messages"] })
      .map((value) => JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? 1 : item)) ?? ""),
  );
  const path = fc.constantFrom(CHAT_PATH, "/v1/responses", "/v1/embeddings", "/v1/moderations", "/v1/completions");

  it("gets an answer or a refusal, never an exception or an internal error", () => {
    const service = createOpenAI();
    fc.assert(
      fc.property(path, body, (where, sent) => {
        expect([200, 400, 404]).toContain(service.handle(request(where, sent)).status);
      }),
      { numRuns: 1500 },
    );
  });

  it("of great size gets one too", () => {
    const huge = "word ".repeat(200_000);
    expect(send(chat({ messages: [{ role: "user", content: huge }] })).status).toBe(400);
    const deep = Array.from({ length: 60 }).reduce(
      (inner: object) => ({ type: "object", properties: { a: inner }, required: ["a"] }),
      {},
    );
    expect(
      send(chat({ response_format: { type: "json_schema", json_schema: { name: "r", schema: deep } } })).status,
    ).toBe(200);
  });

  it("streams what it would answer at once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 16, max: 60 }), (prompt, limit) => {
        const change = { max_tokens: limit, messages: [{ role: "user", content: prompt }] };
        const whole = json(send(chat(change))).choices[0];
        const events = text(send(chat({ ...change, stream: true }))).matchAll(/^data: (\{.*)$/gm);
        const deltas = [...events].map((match) => JSON.parse(match[1] ?? "").choices[0].delta.content ?? "");
        expect(deltas.join("")).toBe(whole.message.content);
      }),
    );
  });
});
