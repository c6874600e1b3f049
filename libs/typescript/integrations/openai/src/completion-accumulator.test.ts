import { describe, expect, it } from "vitest";
import { CompletionAccumulator } from "./completion-accumulator.js";
import { chunk } from "./testing/chat-replies.js";

function accumulate(...chunks: unknown[]): unknown {
  const accumulator = new CompletionAccumulator();
  for (const part of chunks) accumulator.add(part);
  return accumulator.snapshot();
}

/** The message that deltas of the first choice add up to. */
const message = (...deltas: object[]): unknown =>
  (accumulate(...deltas.map((delta) => chunk(delta))) as { choices: { message: unknown }[] }).choices[0]?.message;

describe("CompletionAccumulator", () => {
  it("has nothing before the first chunk", () => {
    expect(accumulate()).toBeUndefined();
  });

  it("keeps choices apart, in their order", () => {
    const parts = [chunk({ content: "B" }, null, 1), chunk({ content: "A" }), chunk({ content: "b" }, "length", 1)];
    expect(accumulate(...parts)).toMatchObject({
      choices: [
        { index: 0, message: { content: "A" }, finish_reason: null },
        { index: 1, message: { content: "Bb" }, finish_reason: "length" },
      ],
    });
  });

  it("joins refusals, reasoning and audio, which come in pieces", () => {
    expect(
      message(
        { role: "assistant", refusal: "I can", reasoning_content: "Let ", audio: { id: "a", transcript: "Hi " } },
        { refusal: "not", reasoning_content: "me", audio: { transcript: "there", expires_at: 7 } },
      ),
    ).toEqual({
      role: "assistant",
      content: null,
      refusal: "I cannot",
      reasoning_content: "Let me",
      audio: { id: "a", transcript: "Hi there", expires_at: 7 },
    });
  });

  it("keeps parallel tool calls apart, whatever the order", () => {
    const part = (index: number, id: string | undefined, text: string) => ({
      tool_calls: [{ index, ...(id ? { id, type: "function" } : {}), function: { arguments: text } }],
    });
    const { tool_calls: calls } = message(
      part(1, "b", "{"),
      part(0, "a", "["),
      part(1, undefined, "}"),
      part(0, "", "]"),
    ) as { tool_calls: unknown };
    expect(calls).toEqual([
      { id: "b", type: "function", function: { arguments: "{}" } },
      { id: "a", type: "function", function: { arguments: "[]" } },
    ]);
  });

  it("takes whole tool calls without an index, as some providers send them", () => {
    const call = (id: string) => ({ tool_calls: [{ id, type: "function", function: { name: "f", arguments: "{}" } }] });
    expect(message(call("a"), call("b"))).toMatchObject({ tool_calls: [{ id: "a" }, { id: "b" }] });
  });

  it("joins the older API's function call and annotations", () => {
    expect(
      message(
        { function_call: { name: "f", arguments: "{" }, annotations: [{ url: "a" }] },
        { function_call: { arguments: "}" }, annotations: [{ url: "b" }] },
      ),
    ).toMatchObject({ function_call: { name: "f", arguments: "{}" }, annotations: [{ url: "a" }, { url: "b" }] });
  });

  it("keeps what only some chunks say, and drops padding", () => {
    const first = { ...chunk({}), id: "", model: "", choices: [], prompt_filter_results: [] };
    expect(accumulate(first, { ...chunk({ content: "x" }), service_tier: "default", obfuscation: "abc" })).toEqual({
      ...chunk({}),
      object: "chat.completion",
      prompt_filter_results: [],
      service_tier: "default",
      choices: [{ index: 0, message: { role: "assistant", content: "x" }, logprobs: null, finish_reason: null }],
    });
  });

  it("does not change the chunks, which belong to the program", () => {
    const parts = [chunk({ tool_calls: [{ index: 0, function: { arguments: "{" } }] }), chunk({ content: "x" })];
    const before = structuredClone(parts);
    accumulate(...parts, chunk({ tool_calls: [{ index: 0, function: { arguments: "}" } }] }));
    expect(parts).toEqual(before);
  });

  it("survives what is no chunk", () => {
    const wrong = [
      null,
      7,
      "x",
      [],
      {},
      { choices: 7 },
      { choices: [null, 7] },
      chunk(null as never),
      chunk([] as never),
    ];
    expect(accumulate(...wrong, chunk({ content: "ok" }))).toMatchObject({ choices: [{ message: { content: "ok" } }] });
    expect(message({ tool_calls: "no" }, { tool_calls: [{ index: 0, id: "a" }] }, { tool_calls: [7] })).toMatchObject({
      tool_calls: [{ id: "a" }],
    });
  });

  it("cannot be used to change all objects", () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    accumulate(chunk(hostile), { ...chunk(hostile), ...hostile }, { choices: [hostile] });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("holds no more than what came, whatever the index says", () => {
    expect(message({ tool_calls: [{ index: 4_000_000_000, id: "far" }] })).toMatchObject({
      tool_calls: [{ id: "far" }],
    });
  });
});
