import { describe, expect, it } from "vitest";
import { ResponseAccumulator } from "./response-accumulator.js";
import { completedEvents, outputMessage, outputText, response, textEvents } from "./testing/response-replies.js";

function accumulate(...events: unknown[]): unknown {
  const accumulator = new ResponseAccumulator();
  for (const event of events) accumulator.add(event);
  return accumulator.snapshot();
}

/** An item that is added, and then extended by events. */
const item = (added: object, ...events: object[]): unknown =>
  (
    accumulate(
      { type: "response.output_item.added", output_index: 0, item: added },
      ...events.map((event) => ({ output_index: 0, content_index: 0, summary_index: 0, ...event })),
    ) as { output: unknown[] }
  ).output[0];

describe("ResponseAccumulator", () => {
  it("has nothing before the first event", () => {
    expect(accumulate()).toBeUndefined();
    expect(accumulate({ type: "response.something_new" })).toBeUndefined();
  });

  it("is the last event's response", () => {
    expect(accumulate(...completedEvents(["Hello"]))).toEqual(response([outputMessage("Hello")]));
  });

  it("adds the text up where the end has not come", () => {
    expect(accumulate(...textEvents(["Hel", "lo"]))).toEqual(
      response([{ ...outputMessage("Hello"), status: "in_progress" }], { status: "in_progress", usage: null }),
    );
  });

  it("takes the items that came where the last event brings none", () => {
    const events = completedEvents(["Hello"]).slice(0, -1);
    const end = { type: "response.completed", response: response([]) };
    expect(accumulate(...events, end)).toEqual(response([outputMessage("Hello")]));
  });

  it.each([
    ["function_call", "response.function_call_arguments.delta", "arguments"],
    ["mcp_call", "response.mcp_call_arguments.delta", "arguments"],
    ["custom_tool_call", "response.custom_tool_call_input.delta", "input"],
    ["code_interpreter_call", "response.code_interpreter_call_code.delta", "code"],
  ])("adds up the input of a %s", (type, event, field) => {
    const parts = ['{"a"', ":1}"].map((delta) => ({ type: event, delta }));
    expect(item({ type, name: "f", [field]: "" }, ...parts)).toEqual({ type, name: "f", [field]: '{"a":1}' });
  });

  it("adds up refusals, reasoning and its summary", () => {
    expect(
      item(
        { type: "message", content: [] },
        { type: "response.content_part.added", part: { type: "refusal", refusal: "" } },
        { type: "response.refusal.delta", delta: "I can" },
        { type: "response.refusal.delta", delta: "not" },
      ),
    ).toEqual({ type: "message", content: [{ type: "refusal", refusal: "I cannot" }] });
    expect(
      item(
        { type: "reasoning", summary: [] },
        { type: "response.reasoning_summary_part.added", part: { type: "summary_text", text: "" } },
        { type: "response.reasoning_summary_text.delta", delta: "27" },
        { type: "response.content_part.added", part: { type: "reasoning_text", text: "" } },
        { type: "response.reasoning_text.delta", delta: "hm" },
      ),
    ).toEqual({
      type: "reasoning",
      summary: [{ type: "summary_text", text: "27" }],
      content: [{ type: "reasoning_text", text: "hm" }],
    });
  });

  it("keeps annotations", () => {
    const annotation = { type: "url_citation", url: "https://x.test" };
    expect(
      item(
        { type: "message", content: [] },
        { type: "response.content_part.added", part: outputText("x") },
        { type: "response.output_text.annotation.added", annotation },
      ),
    ).toMatchObject({ content: [{ text: "x", annotations: [annotation] }] });
  });

  it("tells an error event as a failed response does", () => {
    const error = { type: "error", code: "server_error", message: "crashed", param: null };
    expect(accumulate(error)).toEqual({
      object: "response",
      status: "failed",
      error: { code: "server_error", message: "crashed" },
      output: [],
    });
  });

  it("does not change the events, which belong to the program", () => {
    const events = textEvents(["Hel", "lo"]);
    const before = structuredClone(events);
    accumulate(...events);
    expect(events).toEqual(before);
  });

  it("survives what does not fit", () => {
    const at = { output_index: 0, content_index: 0 };
    const wrong = [
      null,
      "x",
      { type: "response.output_text.delta", output_index: 9, content_index: 0, delta: "lost" },
      { type: "response.output_text.delta", ...at, content_index: 7, delta: "lost" },
      { type: "response.content_part.added", ...at, content_index: 4_000_000_000, part: outputText("far") },
      { type: "response.content_part.added", ...at, content_index: "no", part: outputText("nowhere") },
      { type: "response.content_part.added", ...at, part: null },
      { type: "response.output_text.annotation.added", ...at, content_index: 3 },
      { type: "constructor", output_index: 0 },
    ];
    expect(item({ type: "message", content: [outputText("a")] }, ...(wrong as object[]))).toEqual({
      type: "message",
      content: [outputText("a")],
    });
  });
});
