import type OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connect, WEATHER } from "../connect";

const MODEL = "gpt-4o-mini";
const TOOLS: OpenAI.ChatCompletionTool[] = [{ type: "function", function: WEATHER }];

function ask(content: string): { model: string; messages: OpenAI.ChatCompletionMessageParam[] } {
  return { model: MODEL, messages: [{ role: "user", content }] };
}

const text = (completion: OpenAI.ChatCompletion): string => completion.choices[0]?.message.content ?? "";

function calls(completion: OpenAI.ChatCompletion): unknown[] {
  const made = completion.choices[0]?.message.tool_calls ?? [];
  return made.map((call) => (call.type === "function" ? JSON.parse(call.function.arguments) : call));
}

describe("chat completions through the official SDK", () => {
  it("answer", async () => {
    const { client, exchanges } = connect();
    const completion = await client.chat.completions.create(ask("How many people live in Oslo?"));
    expect(completion).toMatchObject({ object: "chat.completion", model: "gpt-4o-mini-2024-07-18" });
    expect(completion.id).toMatch(/^chatcmpl-[1-9A-Za-z]{29}$/);
    expect(completion._request_id).toMatch(/^req_[0-9a-f]{32}$/);
    expect(text(completion)).toContain("How many people live in Oslo?");
    const { prompt_tokens, completion_tokens, total_tokens } = completion.usage ?? {};
    expect(completion_tokens).toBeGreaterThan(5);
    expect(total_tokens).toBe((prompt_tokens ?? 0) + (completion_tokens ?? 0));
    expect(exchanges).toMatchObject([{ service: "openai", method: "POST", status: 200 }]);
    expect(JSON.stringify(exchanges)).not.toContain("sk-mock");
  });

  it("stream the text that they answer at once, usage last when asked for", async () => {
    const request = ask("A line about a harbour.");
    const whole = await connect().client.chat.completions.create(request);
    const stream = await connect().client.chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? ""));
    expect(deltas.filter(Boolean).length).toBeGreaterThan(2);
    expect(deltas.join("")).toBe(text(whole));
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it("leave usage out of a stream otherwise", async () => {
    const stream = await connect().client.chat.completions.create({ ...ask("Hi"), stream: true });
    for await (const chunk of stream) expect(chunk).not.toHaveProperty("usage");
  });

  it("stream parallel calls through the SDK's helper, and take the results of all", async () => {
    const { client } = connect();
    const request = { ...ask("Compare the weather in Oslo, Bergen and New York."), tools: TOOLS };
    const first = await client.chat.completions.stream(request).finalChatCompletion();
    expect(first.choices[0]?.finish_reason).toBe("tool_calls");
    expect(first.choices[0]?.message.content).toBeNull();
    expect(calls(first)).toEqual([{ city: "Oslo" }, { city: "Bergen" }, { city: "New York" }]);
    const made = first.choices[0]?.message.tool_calls ?? [];
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    const results = made.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: "rain" }));
    const message = { role: "assistant" as const, content: null, tool_calls: made };
    const second = await client.chat.completions.create({
      ...request,
      messages: [...request.messages, message, ...results],
    });
    expect(text(second)).toBe("The weather in Oslo: rain. The weather in Bergen: rain. The weather in New York: rain.");
    expect(second.choices[0]?.finish_reason).toBe("stop");
  });

  it("run the SDK's own tool runner to its end", async () => {
    const seen: unknown[] = [];
    const runner = connect().client.chat.completions.runTools({
      ...ask("What is the weather in Oslo?"),
      tools: [
        {
          type: "function",
          function: {
            ...WEATHER,
            parse: (input: string) => JSON.parse(input) as object,
            function: async (input: object) => {
              seen.push(input);
              return "snow";
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe("The weather in Oslo: snow.");
    expect(seen).toEqual([{ city: "Oslo" }]);
  });

  it("heed tool_choice and parallel_tool_calls", async () => {
    const { client } = connect();
    const request = { ...ask("Compare the weather in Oslo and Bergen."), tools: TOOLS };
    const create = (more: object) => client.chat.completions.create({ ...request, ...more });
    expect(calls(await create({ parallel_tool_calls: false }))).toHaveLength(1);
    expect(calls(await create({ tool_choice: "none" }))).toEqual([]);
    expect(calls(await create({ ...ask("Hello"), tool_choice: "required" }))).toHaveLength(1);
    const forced = await create({
      ...ask("Hello"),
      tool_choice: { type: "function", function: { name: "get_weather" } },
    });
    expect(calls(forced)).toHaveLength(1);
    expect(forced.choices[0]?.finish_reason).toBe("stop");
  });

  it("parse structured output with zod", async () => {
    const Person = z.object({
      name: z.string(),
      born: z.int(),
      kind: z.enum(["poet", "engineer"]),
      note: z.nullable(z.string()),
    });
    const completion = await connect().client.chat.completions.parse({
      ...ask("Ada Lovelace, engineer, born 1815"),
      response_format: zodResponseFormat(Person, "person"),
    });
    expect(completion.choices[0]?.message.parsed).toMatchObject({ name: "Ada Lovelace", born: 1815, kind: "engineer" });
  });

  it("put what a tool returned into structured output", async () => {
    const Report = z.object({ city: z.string(), temperature: z.number(), sky: z.string() });
    const call = {
      id: "call_1",
      type: "function" as const,
      function: { name: "get_weather", arguments: '{"city":"Oslo"}' },
    };
    const completion = await connect().client.chat.completions.parse({
      model: MODEL,
      messages: [
        { role: "user", content: "What is the weather in Oslo?" },
        { role: "assistant", tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: '{"temperature": -4.5, "sky": "snow", "city": 7}' },
      ],
      tools: [
        {
          type: "function",
          function: {
            ...WEATHER,
            strict: true,
            parameters: { type: "object", properties: {}, required: [], additionalProperties: false },
          },
        },
      ],
      response_format: zodResponseFormat(Report, "report"),
    });
    expect(completion.choices[0]?.message.parsed).toEqual({ city: "Oslo", temperature: -4.5, sky: "snow" });
  });

  it("answer with any object in JSON mode", async () => {
    const completion = await connect().client.chat.completions.create({
      ...ask("Answer in JSON: what is 2 + 3?"),
      response_format: { type: "json_object" },
    });
    expect(JSON.parse(text(completion))).toEqual({ answer: "2 + 3 = 5." });
  });

  it("end at max tokens and at stop sequences", async () => {
    const { client } = connect([{ reply: { text: "one two three four five" } }]);
    const cut = async (more: object) => (await client.chat.completions.create({ ...ask("Count"), ...more })).choices[0];
    expect(await cut({ max_tokens: 2 })).toMatchObject({ finish_reason: "length", message: { content: "one two" } });
    expect(await cut({ max_completion_tokens: 3 })).toMatchObject({ finish_reason: "length" });
    expect(await cut({ stop: ["four", " three"] })).toMatchObject({
      finish_reason: "stop",
      message: { content: "one two" },
    });
    expect(await cut({ stop: "five" })).toMatchObject({ message: { content: "one two three four " } });
  });

  it("give n choices, streamed in turns", async () => {
    const { client } = connect();
    const request = { ...ask("What is the weather in Oslo?"), tools: TOOLS, n: 3 };
    const whole = await client.chat.completions.create(request);
    expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(whole.choices.map(({ message }) => message.tool_calls?.[0]?.id)).size).toBe(3);
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    expect(streamed.choices.map(({ message }) => message.tool_calls?.length)).toEqual([1, 1, 1]);
  });

  it("accept pictures as data and as addresses, and count them", async () => {
    const picture = (url: string, detail: "low" | "high") => ({
      type: "image_url" as const,
      image_url: { url, detail },
    });
    const completion = await connect().client.chat.completions.create({
      model: "gpt-4o",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is in them?" },
            picture("data:image/png;base64,iVBORw0KGgo=", "low"),
            picture("https://pictures.example/red.png", "high"),
          ],
        },
      ],
    });
    expect(text(completion)).toContain("2 pictures");
    expect(completion.usage?.prompt_tokens).toBeGreaterThan(850);
  });

  it("count reasoning apart, and within the limit", async () => {
    const { client } = connect([{ reply: { text: "12231.", thinking: "27 times 453 is 12231." } }]);
    const create = (model: string, more = {}) =>
      client.chat.completions.create({ ...ask("27 * 453?"), model, ...more });
    const completion = await create("o4-mini");
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBe(64);
    expect(completion.usage?.completion_tokens).toBeGreaterThan(64);
    const plain = await create("gpt-4o");
    expect(plain.usage?.completion_tokens_details?.reasoning_tokens).toBe(0);
    const cut = await create("o4-mini", { max_completion_tokens: 40 });
    expect(cut.choices[0]).toMatchObject({ finish_reason: "length", message: { content: "" } });
    expect(cut.usage?.completion_tokens).toBe(40);
  });

  it("say what a script says: refusal, stop reason, usage", async () => {
    const usage = { input_tokens: 1200, output_tokens: 9, cache_read_input_tokens: 1024, reasoning_tokens: 5 };
    const { client } = connect([
      { when: { lastUserText: "refuse" }, reply: { refusal: "I cannot help with that." } },
      { reply: { text: "Cut", stopReason: "content_filter", usage } },
    ]);
    const refused = await client.chat.completions.stream(ask("refuse")).finalChatCompletion();
    expect(refused.choices[0]?.message).toMatchObject({ content: null, refusal: "I cannot help with that." });
    const other = await client.chat.completions.create(ask("other"));
    expect(other.choices[0]?.finish_reason).toBe("content_filter");
    expect(other.usage).toMatchObject({
      prompt_tokens: 1200,
      completion_tokens: 9,
      total_tokens: 1209,
      prompt_tokens_details: { cached_tokens: 1024 },
      completion_tokens_details: { reasoning_tokens: 5 },
    });
  });
});
