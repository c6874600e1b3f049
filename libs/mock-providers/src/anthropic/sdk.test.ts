import type Sdk from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { instantClock } from "../clock";
import type { Exchange } from "../contract";
import { createMockFetch } from "../http";
import { createAnthropic } from "./index";
import { loadPublishedSdk } from "./published-sdk";

const Anthropic = await loadPublishedSdk();

const MODEL = "claude-sonnet-5";
const WEATHER: Sdk.Tool = {
  name: "get_weather",
  description: "The weather in a city now",
  input_schema: {
    type: "object",
    properties: { city: { type: "string" }, unit: { type: "string", enum: ["celsius", "fahrenheit"] } },
    required: ["city"],
  },
};

function ask(text: string): Sdk.MessageCreateParamsNonStreaming {
  return { model: MODEL, max_tokens: 256, messages: [{ role: "user", content: text }] };
}

function connect(script?: unknown, options: { apiKey?: string; maxRetries?: number } = {}) {
  const exchanges: Exchange[] = [];
  const fetch = createMockFetch({
    services: [createAnthropic({ script })],
    clock: instantClock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const client = new Anthropic({ apiKey: options.apiKey ?? "sk-secret", maxRetries: options.maxRetries ?? 0, fetch });
  return { client, exchanges };
}

function textOf(message: Sdk.Message): string {
  return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
}

describe("the official SDK against the mock", () => {
  it("creates a message", async () => {
    const { client, exchanges } = connect();
    const message = await client.messages.create(ask("How many people live in Oslo?"));
    expect(message).toMatchObject({ type: "message", role: "assistant", model: MODEL, stop_reason: "end_turn" });
    expect(textOf(message)).toContain("How many people live in Oslo?");
    expect(message._request_id).toMatch(/^req_01/);
    expect(message.usage.output_tokens).toBeGreaterThan(5);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ id: 1, service: "anthropic", method: "POST", status: 200 });
    expect(JSON.stringify(exchanges)).not.toContain("sk-secret");
  });

  it("streams the same text as it answers at once", async () => {
    const request = ask("A line about a harbour.");
    const whole = await connect().client.messages.create(request);
    const { client, exchanges } = connect();
    const deltas: string[] = [];
    for await (const event of await client.messages.create({ ...request, stream: true })) {
      if (event.type === "content_block_delta" && event.delta.type === "text_delta") deltas.push(event.delta.text);
    }
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.join("")).toBe(textOf(whole));
    expect(exchanges[0]?.responseBody).toContain("event: message_stop");
  });

  it("feeds the stream helper, tool input included", async () => {
    const { client } = connect();
    const stream = client.messages.stream({
      ...ask("What is the weather in Tromsø, in fahrenheit?"),
      tools: [WEATHER],
    });
    const message = await stream.finalMessage();
    expect(message.stop_reason).toBe("tool_use");
    expect(message.content.at(-1)).toMatchObject({
      name: "get_weather",
      input: { city: "Tromsø", unit: "fahrenheit" },
    });
    expect(message.usage).toMatchObject({ input_tokens: expect.any(Number), output_tokens: expect.any(Number) });
  });

  it("goes through a round of tools", async () => {
    const { client } = connect();
    const request = { ...ask("What is the weather in Oslo?"), tools: [WEATHER] };
    const first = await client.messages.create(request);
    const [use] = first.content.filter((block) => block.type === "tool_use");
    expect(use?.input).toEqual({ city: "Oslo" });
    const second = await client.messages.create({
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: first.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: use?.id ?? "", content: "4 °C, rain" }] },
      ],
    });
    expect(second.stop_reason).toBe("end_turn");
    expect(textOf(second)).toBe("The weather in Oslo: 4 °C, rain.");
  });

  it("calls a tool once for each name in a list, unless told not to", async () => {
    const { client } = connect();
    const request = { ...ask("Compare the weather in Oslo, Bergen and New York."), tools: [WEATHER] };
    const calls = (message: Sdk.Message) => message.content.flatMap((b) => (b.type === "tool_use" ? [b.input] : []));
    const many = await client.messages.create(request);
    expect(calls(many)).toEqual([{ city: "Oslo" }, { city: "Bergen" }, { city: "New York" }]);
    const one = await client.messages.create({
      ...request,
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
    });
    expect(calls(one)).toHaveLength(1);
  });

  it("runs the SDK's own tool runner to its end", async () => {
    const { client } = connect();
    const seen: unknown[] = [];
    const runner = client.beta.messages.toolRunner({
      ...ask("What is the weather in Oslo?"),
      tools: [
        {
          ...WEATHER,
          type: "custom",
          parse: (input: unknown) => input as { city: string },
          run: async (input: { city: string }) => {
            seen.push(input);
            return "snow";
          },
        },
      ],
    });
    const message = await runner;
    expect(seen).toEqual([{ city: "Oslo" }]);
    expect(message.content.at(-1)).toMatchObject({ type: "text", text: "The weather in Oslo: snow." });
  });

  it("continues a conversation that the server holds, and says when it does not", async () => {
    const { client } = connect([{ when: { turn: 2, system: "Brief" }, reply: { text: "Second: {{lastUserText}}" } }]);
    const thread = client.beta.messages.thread({ model: MODEL, max_tokens: 99, system: "Brief", messages: [] });
    await thread.send({ role: "user", content: "One?" });
    const second = await thread.send({ role: "user", content: "Two?" });
    expect(second.content[0]).toMatchObject({ text: "Second: Two?" });
    const lost = { ...ask("x"), thread: { type: "continue", previous_message_id: "msg_gone" } };
    await expect(client.beta.messages.create(lost as never)).rejects.toThrow("no thread holds the message 'msg_gone'");
  });

  it("parses structured output", async () => {
    const { client } = connect();
    const schema = {
      type: "object",
      properties: { name: { type: "string" }, born: { type: "integer" } },
      required: ["name", "born"],
      additionalProperties: false,
    };
    const message = await client.messages.create({
      ...ask("Ada Lovelace, born 1815"),
      output_config: { format: { type: "json_schema", schema } },
    });
    expect(JSON.parse(textOf(message))).toEqual({ name: "Ada Lovelace", born: 1815 });
  });

  it("thinks when asked to, in a stream too", async () => {
    const { client } = connect([{ reply: { thinking: "27 times 453 is 12231.", text: "12231." } }]);
    const request = {
      ...ask("What is 27 * 453?"),
      max_tokens: 2048,
      thinking: { type: "enabled" as const, budget_tokens: 1024 },
    };
    const message = await client.messages.stream(request).finalMessage();
    expect(message.content).toMatchObject([
      { type: "thinking", thinking: "27 times 453 is 12231.", signature: expect.stringMatching(/.+/) },
      { type: "text", text: "12231." },
    ]);
  });

  it("counts tokens", async () => {
    const { client } = connect();
    const counted = await client.messages.countTokens({ model: MODEL, messages: ask("Hello there").messages });
    const created = await client.messages.create(ask("Hello there"));
    expect(counted.input_tokens).toBe(created.usage.input_tokens);
  });
});

describe("errors, as the SDK's classes", () => {
  const refused = async (change: object, options = {}) => {
    const { client } = connect(undefined, options);
    return client.messages
      .create({ ...ask("Hello"), ...change } as Sdk.MessageCreateParamsNonStreaming)
      .catch((e) => e);
  };

  it.each([
    ["max_tokens of 0", { max_tokens: 0 }, "max_tokens: 0 is below the minimum of 1"],
    ["max_tokens missing", { max_tokens: undefined }, "max_tokens: Field required"],
    ["max_tokens as text", { max_tokens: "9" }, "max_tokens: Input should be a valid number"],
    ["messages missing", { messages: undefined }, "messages: Field required"],
    ["messages empty", { messages: [] }, "messages: at least one message is required"],
    ["role system", { messages: [{ role: "system", content: "x" }] }, 'messages: Unexpected role "system"'],
    ["content missing", { messages: [{ role: "user" }] }, "messages.0.content: Field required"],
    ["first message of the assistant", { messages: [{ role: "assistant", content: "x" }] }, 'must use the "user" role'],
    [
      "empty content",
      { messages: [{ role: "user", content: "" }] },
      "messages.0: all messages must have non-empty content",
    ],
    [
      "text that is no text",
      { messages: [{ role: "user", content: [{ type: "text", text: 1 }] }] },
      "messages.0.content.0.text: ",
    ],
    [
      "bad tool_choice",
      { tool_choice: { type: "some" } },
      "tool_choice.type: Input should be 'auto', 'any', 'tool', 'none'",
    ],
    [
      "tool_choice without tools",
      { tool_choice: { type: "any" } },
      "tool_choice may only be specified while providing tools",
    ],
    ["temperature", { temperature: 3 }, "temperature: range: 0..1"],
    [
      "stray tool result",
      { messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1" }] }] },
      "toolu_1",
    ],
  ])("400 for %s", async (_name, change, message) => {
    const error = await refused(change);
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error.error.error).toMatchObject({
      type: "invalid_request_error",
      message: expect.stringContaining(message),
    });
    expect(error.requestID).toMatch(/^req_/);
  });

  it("400 for a tool call without its result", async () => {
    const error = await refused({
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [{ type: "tool_use", id: "toolu_9", name: "f", input: {} }] },
        { role: "user", content: "and?" },
      ],
    });
    expect(error.message).toContain("messages.1: `tool_use` ids were found without `tool_result`");
  });

  it("404 for an unknown model", async () => {
    const error = await refused({ model: "gpt-4o" });
    expect(error).toBeInstanceOf(Anthropic.NotFoundError);
    expect(error.error.error).toEqual({ type: "not_found_error", message: "model: gpt-4o" });
  });

  it.each([
    [429, "rate_limit_error", Anthropic.RateLimitError],
    [403, "permission_error", Anthropic.PermissionDeniedError],
    [500, "api_error", Anthropic.InternalServerError],
    [529, "overloaded_error", Anthropic.InternalServerError],
  ])("%i of a script", async (status, type, errorClass) => {
    const { client } = connect([{ reply: { error: { status, type, message: "Scripted" } } }]);
    const error = await client.messages.create(ask("Hello")).catch((e) => e);
    expect(error).toBeInstanceOf(errorClass);
    expect(error.error.error).toEqual({ type, message: "Scripted" });
  });

  it.each([429, 529])("retries after %i and succeeds", async (status) => {
    const error = { status, type: "overloaded_error", message: "Overloaded", retryAfter: 0.01 };
    const script = [{ times: 2, reply: { error } }, { reply: { text: "Third time lucky." } }];
    const { client, exchanges } = connect(script, { maxRetries: 2 });
    expect(textOf(await client.messages.create(ask("Try")))).toBe("Third time lucky.");
    expect(exchanges.map((exchange) => exchange.status)).toEqual([status, status, 200]);
  });

  it("says where a script is wrong, without a retry", async () => {
    const { client, exchanges } = connect([{ reply: { txt: "typo" } }], { maxRetries: 2 });
    const error = await client.messages.create(ask("Hello")).catch((e) => e);
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error.message).toMatch(/script of the mocked Anthropic API is not valid: 0\.reply\.txt/);
    expect(exchanges).toHaveLength(1);
  });
});

describe("breaking off", () => {
  it("aborts before the answer", async () => {
    const { client, exchanges } = connect();
    const controller = new AbortController();
    const pending = client.messages.create(ask("Hello"), { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toBeInstanceOf(Anthropic.APIUserAbortError);
    expect(exchanges.every((exchange) => exchange.status === 0)).toBe(true);
  });

  it("leaves a stream early", async () => {
    const { client, exchanges } = connect([{ reply: { text: "word ".repeat(400) } }]);
    const stream = await client.messages.create({ ...ask("Go on"), max_tokens: 1000, stream: true });
    for await (const event of stream) if (event.type === "content_block_delta") break;
    expect(stream.controller.signal.aborted).toBe(true);
    await expect.poll(() => exchanges.length).toBe(1);
  });
});
