import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connect, WEATHER } from "../connect";

const MODEL = "gpt-4o-mini";
const TOOLS: OpenAI.Responses.FunctionTool[] = [{ type: "function", strict: false, ...WEATHER }];
type Event = OpenAI.Responses.ResponseStreamEvent;

async function collect(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe("responses through the official SDK", () => {
  it("answer, with the settings of the request", async () => {
    const response = await connect().client.responses.create({
      model: MODEL,
      input: "What does a lighthouse do?",
      instructions: "One sentence.",
      metadata: { page: "7" },
    });
    expect(response).toMatchObject({ object: "response", status: "completed", instructions: "One sentence." });
    expect(response).toMatchObject({ model: "gpt-4o-mini-2024-07-18", metadata: { page: "7" }, temperature: 1 });
    expect(response.output_text).toContain("What does a lighthouse do?");
    expect(response.usage?.total_tokens).toBe(
      (response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0),
    );
  });

  it("stream every event in order, numbered", async () => {
    const { client } = connect([{ reply: { text: "The tide comes in and goes out.", thinking: "Tides." } }]);
    const stream = await client.responses.create({
      model: "o4-mini",
      input: "Tides?",
      reasoning: { summary: "auto" },
      stream: true,
    });
    const events = await collect(stream);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    const kinds = events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
    expect(kinds).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    const deltas = events.map((event) => (event.type === "response.output_text.delta" ? event.delta : ""));
    expect(deltas.join("")).toBe("The tide comes in and goes out.");
  });

  it("feed the stream helper, and stream what they answer at once", async () => {
    const request = { model: MODEL, input: "A line about a harbour." };
    const whole = await connect().client.responses.create(request);
    const streamed = await connect().client.responses.stream(request).finalResponse();
    expect(streamed.output_text).toBe(whole.output_text);
    expect(streamed.usage).toEqual(whole.usage);
  });

  it("go through a round of tools, streamed", async () => {
    const { client } = connect();
    const input: OpenAI.Responses.ResponseInput = [
      { role: "user", content: "Compare the weather in Oslo and Bergen." },
    ];
    const events = await collect(await client.responses.create({ model: MODEL, input, tools: TOOLS, stream: true }));
    const done = events.flatMap((event) => (event.type === "response.function_call_arguments.done" ? [event] : []));
    expect(done.map((event) => JSON.parse(event.arguments))).toEqual([{ city: "Oslo" }, { city: "Bergen" }]);
    const completed = events.at(-1);
    const output = completed?.type === "response.completed" ? completed.response.output : [];
    const calls = output.flatMap((item) => (item.type === "function_call" ? [item] : []));
    const outputs = calls.map(({ call_id }) => ({ type: "function_call_output" as const, call_id, output: "rain" }));
    const second = await client.responses.create({
      model: MODEL,
      input: [...input, ...calls, ...outputs],
      tools: TOOLS,
    });
    expect(second.output_text).toBe("The weather in Oslo: rain. The weather in Bergen: rain.");
  });

  it("continue a response that the server holds, with its tool calls", async () => {
    const { client } = connect([
      { when: { turn: 3 }, reply: { text: "Third, instructed: {{lastUserText}}" } },
      {
        when: { system: "Be brief", hasToolResult: false },
        reply: { toolCalls: [{ name: "get_weather", input: {} }] },
      },
      { when: { hasToolResult: true }, reply: { text: "It says {{toolResult}}." } },
    ]);
    const first = await client.responses.create({
      model: MODEL,
      input: "Weather?",
      instructions: "Be brief",
      tools: TOOLS,
    });
    const call = first.output.find((item) => item.type === "function_call");
    const second = await client.responses.create({
      model: MODEL,
      previous_response_id: first.id,
      input: [{ type: "function_call_output", call_id: call?.call_id ?? "", output: "rain" }],
    });
    expect(second.output_text).toBe("It says rain.");
    expect(second.instructions).toBeNull();
    const third = await client.responses.create({ model: MODEL, previous_response_id: second.id, input: "And now?" });
    expect(third.output_text).toBe("Third, instructed: And now?");
    expect(third.previous_response_id).toBe(second.id);
  });

  it("are looked up and deleted by id, unless they were not to be stored", async () => {
    const { client } = connect();
    const stored = await client.responses.create({ model: MODEL, input: "Keep" });
    expect((await client.responses.retrieve(stored.id)).output_text).toBe(stored.output_text);
    await client.responses.delete(stored.id);
    await expect(client.responses.retrieve(stored.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const passing = await client.responses.create({ model: MODEL, input: "Forget", store: false });
    const lost = client.responses.create({ model: MODEL, input: "x", previous_response_id: passing.id });
    await expect(lost).rejects.toMatchObject({ code: "previous_response_not_found", param: "previous_response_id" });
  });

  it("parse structured output with zod", async () => {
    const Trip = z.object({ from: z.string(), to: z.string(), days: z.int().min(1).max(9) });
    const response = await connect().client.responses.parse({
      model: MODEL,
      input: "Plan 4 days of travel from Oslo to Bergen",
      text: { format: zodTextFormat(Trip, "trip") },
    });
    expect(response.output_parsed).toEqual({ from: "Oslo", to: "Bergen", days: 4 });
  });

  it("reason as far as the model and the request say", async () => {
    const { client } = connect();
    const types = async (more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>) =>
      (await client.responses.create({ input: "27 * 453?", model: "gpt-5-mini", ...more })).output.map(
        ({ type }) => type,
      );
    expect(await types({})).toEqual(["reasoning", "message"]);
    expect(await types({ reasoning: { effort: "minimal" } })).toEqual(["message"]);
    expect(await types({ model: MODEL })).toEqual(["message"]);
    expect(await types({ model: "gpt-5.1" })).toEqual(["message"]);
    expect(await types({ model: "gpt-5.1", reasoning: { effort: "low" } })).toEqual(["reasoning", "message"]);
    const encrypted = await client.responses.create({
      model: "gpt-5-mini",
      input: "27 * 453?",
      include: ["reasoning.encrypted_content"],
    });
    expect(encrypted.output[0]).toMatchObject({ summary: [], encrypted_content: expect.stringMatching(/^gAAAAA/) });
    expect(encrypted.usage?.output_tokens_details.reasoning_tokens).toBe(64);
  });

  it("are incomplete when the limit ends them, in a stream too", async () => {
    const { client } = connect([{ reply: { text: "word ".repeat(40) } }]);
    const request = { model: MODEL, input: "Go on", max_output_tokens: 16 };
    const response = await client.responses.create(request);
    expect(response).toMatchObject({ status: "incomplete", incomplete_details: { reason: "max_output_tokens" } });
    expect(response.usage?.output_tokens).toBe(16);
    const events = await collect(await client.responses.create({ ...request, stream: true }));
    expect(events.at(-1)?.type).toBe("response.incomplete");
  });

  it("refuse as a part of its own", async () => {
    const { client } = connect([{ reply: { refusal: "I cannot help with that." } }]);
    const response = await client.responses.stream({ model: MODEL, input: "x" }).finalResponse();
    expect(response.output).toMatchObject([{ content: [{ type: "refusal", refusal: "I cannot help with that." }] }]);
  });

  it("find items by reference, and pictures in the input", async () => {
    const { client } = connect();
    const first = await client.responses.create({ model: MODEL, input: "Hello" });
    const second = await client.responses.create({
      model: MODEL,
      input: [
        { type: "item_reference", id: first.output[0]?.id ?? "" },
        {
          role: "user",
          content: [
            { type: "input_text", text: "And this?" },
            { type: "input_image", image_url: "https://pictures.example/a.png", detail: "low" },
          ],
        },
      ],
    });
    expect(second.output_text).toContain("I cannot see the picture");
    expect(second.usage?.input_tokens).toBeGreaterThan(90);
  });
});
