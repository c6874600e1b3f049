import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MockReply, MockRequest } from "../contract";
import { tokenize } from "../model";
import { createAnthropic } from "./index";

const VALID = {
  model: "claude-sonnet-5",
  max_tokens: 300,
  messages: [{ role: "user", content: "Tell me about fjords." }],
};
const HEADERS = { "x-api-key": "k", "anthropic-version": "2023-06-01", "content-type": "application/json" };

function request(change: Partial<Omit<MockRequest, "url">> & { path?: string } = {}): MockRequest {
  const { path = "/v1/messages", ...rest } = change;
  const url = new URL(path, "https://api.anthropic.com");
  return { method: "POST", url, headers: HEADERS, body: JSON.stringify(VALID), ...rest };
}

const body = (change: object): MockRequest => request({ body: JSON.stringify({ ...VALID, ...change }) });
const text = (reply: MockReply): string => reply.chunks.map(({ data }) => data).join("");
const json = (reply: MockReply) => JSON.parse(text(reply));
const total = (reply: MockReply): number => reply.chunks.reduce((sum, { delayMs }) => sum + delayMs, 0);

describe("refusals", () => {
  it.each([
    ["no key", request({ headers: { "anthropic-version": "2023-06-01" } }), 401, "authentication_error", "x-api-key"],
    [
      "no version",
      request({ headers: { "x-api-key": "k" } }),
      400,
      "invalid_request_error",
      "anthropic-version: header is required",
    ],
    ["a GET", request({ method: "GET", body: null }), 404, "not_found_error", "Not found"],
    ["another path", request({ path: "/v1/complete" }), 404, "not_found_error", "Not found"],
    ["no JSON", request({ body: '{"model":' }), 400, "invalid_request_error", "not valid JSON"],
    ["no body", request({ body: null }), 400, "invalid_request_error", "not valid JSON"],
    ["a JSON array", request({ body: "[]" }), 400, "invalid_request_error", "Field required"],
    ["a JSON null", request({ body: "null" }), 400, "invalid_request_error", "Input should be an object"],
  ])("%s", (_name, sent, status, type, message) => {
    const reply = createAnthropic().handle(sent);
    expect(reply.status).toBe(status);
    expect(json(reply)).toEqual({
      type: "error",
      error: { type, message: expect.stringContaining(message) },
      request_id: reply.headers["request-id"],
    });
  });

  it("takes a bearer token for a key", () => {
    const headers = { authorization: "Bearer t", "anthropic-version": "2023-06-01" };
    expect(createAnthropic().handle(request({ headers })).status).toBe(200);
  });
});

describe("answers", () => {
  it("are the same for the same sequence of requests, with ids that differ from call to call", () => {
    const run = () => {
      const service = createAnthropic();
      return [1, 2, 3].map(() => service.handle(request()));
    };
    expect(run()).toEqual(run());
    expect(new Set(run().map((reply) => json(reply).id)).size).toBe(3);
    expect(json(run()[0] as MockReply).id).toMatch(/^msg_01[1-9A-Za-z]{22}$/);
  });

  it("keep to max_tokens", () => {
    const reply = json(createAnthropic().handle(body({ max_tokens: 5 })));
    expect(reply.stop_reason).toBe("max_tokens");
    expect(tokenize(reply.content[0].text)).toHaveLength(5);
    expect(reply.usage.output_tokens).toBe(5);
  });

  it("drop a tool call that does not fit into max_tokens", () => {
    const tools = [{ name: "get_fjord", input_schema: { type: "object", properties: {} } }];
    const reply = json(createAnthropic().handle(body({ max_tokens: 9, tools })));
    expect(reply.stop_reason).toBe("max_tokens");
    expect(reply.content.every((block: { type: string }) => block.type === "text")).toBe(true);
  });

  it("stop before the first stop sequence", () => {
    const script = [{ reply: { text: "one two three" } }];
    const reply = json(createAnthropic({ script }).handle(body({ stop_sequences: ["three", " two", ""] })));
    expect(reply).toMatchObject({ content: [{ text: "one" }], stop_reason: "stop_sequence", stop_sequence: " two" });
  });

  it("call no tool when told so, and the named one when told so", () => {
    const tools = ["weather", "time"].map((name) => ({ name, input_schema: { type: "object" } }));
    const messages = [{ role: "user", content: "What is the weather?" }];
    const send = (tool_choice: object) => json(createAnthropic().handle(body({ messages, tools, tool_choice })));
    expect(send({ type: "none" }).stop_reason).toBe("end_turn");
    expect(send({ type: "tool", name: "time" }).content).toMatchObject([{ type: "tool_use", name: "time", input: {} }]);
    expect(send({ type: "any" }).content).toMatchObject([{ type: "tool_use", name: "weather" }]);
  });
});

describe("scripts", () => {
  const script = [
    { when: { lastUserText: "Oslo", hasToolResult: true }, reply: { text: "Said: {{toolResult}}." } },
    {
      when: { lastUserText: "Oslo" },
      reply: { text: "Wait.", toolCalls: [{ name: "look", input: { city: "Oslo" } }] },
    },
    { when: { system: "pirate" }, reply: { text: "Arr: {{lastUserText}}" } },
    {
      when: { model: "claude-opus-4-8", turn: 1 },
      reply: { text: "Opus", stopReason: "refusal", usage: { input_tokens: 7 } },
    },
    { times: 1, reply: { text: "Once" } },
  ];
  const ask = (service: ReturnType<typeof createAnthropic>, change: object) => json(service.handle(body(change)));
  const oslo = { role: "user", content: "Weather in Oslo?" };

  it("answer by the first rule that matches", () => {
    const service = createAnthropic({ script });
    expect(ask(service, { messages: [oslo] })).toMatchObject({
      stop_reason: "tool_use",
      content: [{}, { name: "look" }],
    });
    expect(ask(service, { system: [{ type: "text", text: "You are a pirate." }] }).content[0].text).toBe(
      "Arr: Tell me about fjords.",
    );
    const opus = ask(service, { model: "claude-opus-4-8" });
    expect(opus).toMatchObject({ stop_reason: "refusal", usage: { input_tokens: 7 } });
  });

  it("see the results of tools", () => {
    const messages = [
      oslo,
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "look", input: {} }] },
      {
        role: "user",
        content: [{ type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: "rain" }] }],
      },
    ];
    expect(ask(createAnthropic({ script }), { messages }).content[0].text).toBe("Said: rain.");
  });

  it("use a rule as often as it says, then go on", () => {
    const service = createAnthropic({ script });
    expect(ask(service, {}).content[0].text).toBe("Once");
    expect(ask(service, {}).content[0].text).toContain("fjords");
  });

  it.each([
    ["no list", { reply: {} }, "script: "],
    ["an unknown key", [{ reply: { text: "x" }, wen: {} }], "0.wen: "],
    ["an empty reply", [{ reply: { text: "x" } }, { reply: {} }], "1.reply: A reply needs text, toolCalls or error"],
    ["a bad status", [{ reply: { error: { status: 200, type: "x", message: "y" } } }], "0.reply.error.status: "],
    ["text that is no text", [{ reply: { text: 5 } }], "0.reply.text: "],
  ])("with %s are refused with the place of the mistake", (_name, bad, place) => {
    const reply = createAnthropic({ script: bad }).handle(request());
    expect(reply.status).toBe(400);
    expect(json(reply).error.message).toContain(`is not valid: ${place}`);
  });

  it("of any form never make handle throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (anything) => {
        const reply = createAnthropic({ script: anything }).handle(request());
        expect([200, 400]).toContain(reply.status);
      }),
    );
  });
});

describe("latency", () => {
  it("of a short answer is some hundred milliseconds, the same streamed or not", () => {
    const whole = createAnthropic().handle(request());
    expect(total(whole)).toBeGreaterThan(250);
    expect(total(whole)).toBeLessThan(1500);
    const script = [{ reply: { text: "A few words that take their time to arrive.", latencyMs: 500 } }];
    expect(total(createAnthropic({ script }).handle(request()))).toBe(500);
    const streamed = createAnthropic({ script }).handle(body({ stream: true }));
    expect(total(streamed)).toBeCloseTo(500, -1);
  });

  it("grows with the answer and differs between models and calls", () => {
    const reply = (words: number, model = "claude-sonnet-5") =>
      total(createAnthropic({ script: [{ reply: { text: "word ".repeat(words) } }] }).handle(body({ model })));
    expect(reply(100)).toBeGreaterThan(reply(10) + 300);
    expect(reply(50, "claude-haiku-4-5")).toBeLessThan(reply(50, "claude-opus-4-8"));
    const service = createAnthropic();
    expect(total(service.handle(request()))).not.toBe(total(service.handle(request())));
  });

  it("can be switched off", () => {
    const service = createAnthropic({ latency: "off", script: [{ times: 1, reply: { text: "x", latencyMs: 900 } }] });
    const replies = [
      service.handle(request()),
      service.handle(body({ stream: true })),
      service.handle(body({ model: "x" })),
    ];
    expect(replies.map(total)).toEqual([0, 0, 0]);
  });
});

describe("any request", () => {
  const message = fc.record(
    { role: fc.constantFrom("user", "assistant", "system"), content: fc.anything() },
    { requiredKeys: [] },
  );
  const anyBody = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(
        {
          model: fc.constant("claude-sonnet-5"),
          max_tokens: fc.oneof(fc.integer(), fc.anything()),
          messages: fc.oneof(fc.array(message), fc.constant(VALID.messages)),
          system: fc.anything(),
          tools: fc.anything(),
          stream: fc.boolean(),
          thinking: fc.anything(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value) ?? ""),
  );

  it("gets an answer or a refusal, never an exception", () => {
    const service = createAnthropic();
    fc.assert(
      fc.property(anyBody, (sent) => {
        const reply = service.handle(request({ body: sent }));
        expect([200, 400, 404]).toContain(reply.status);
      }),
      { numRuns: 500 },
    );
  });

  it("streams what it would answer at once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 60 }), (prompt, max_tokens) => {
        const change = { max_tokens, messages: [{ role: "user", content: prompt || "?" }] };
        const whole = json(createAnthropic().handle(body(change)));
        const events = text(createAnthropic().handle(body({ ...change, stream: true })));
        const deltas = [...events.matchAll(/^data: (.*text_delta.*)$/gm)].map(
          (match) => JSON.parse(match[1] ?? "").delta.text,
        );
        expect(deltas.join("")).toBe(whole.content.map((block: { text: string }) => block.text).join(""));
        expect(events).toContain(`"stop_reason":"${whole.stop_reason}"`);
      }),
    );
  });
});
