import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTraceModel } from "../model/build-trace-model";
import { weatherTrace } from "../model/sample-trace";
import type { MessagePart } from "./chat-message";
import { readConversation } from "./read-conversation";
import { findToolCaller } from "./tool-caller";

/** A conversation as lines: `role: part | part`. */
function lines(value: unknown): string[] | null {
  const messages = readConversation(value)?.messages;
  return messages?.map(({ role, parts }) => `${role}: ${parts.map(line).join(" | ")}`) ?? null;
}

function line(part: MessagePart): string {
  switch (part.kind) {
    case "tool-call":
      return `call ${part.name}#${part.id} ${JSON.stringify(part.input)}`;
    case "tool-result":
      return `${part.failed ? "failed" : "result"} #${part.id} ${JSON.stringify(part.output)}`;
    case "media":
      return `media ${part.label} ${part.source}`;
    case "json":
      return `json ${JSON.stringify(part.value)}`;
    default:
      return part.kind === "thinking" ? `(${part.text})` : part.text;
  }
}

describe("readConversation", () => {
  it("reads Anthropic", () => {
    const input = {
      model: "claude",
      system: "Be brief.",
      messages: [
        { role: "user", content: "Weather?" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thought: "", thinking: "hm" },
            { type: "tool_use", id: "t1", name: "w", input: { city: "Oslo" } },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "t1", content: [{ type: "text", text: "rain" }], is_error: true },
          ],
        },
      ],
    };
    expect(lines(input)).toEqual([
      "system: Be brief.",
      "user: Weather?",
      'assistant: (hm) | call w#t1 {"city":"Oslo"}',
      'user: failed #t1 "rain"',
    ]);
    expect(readConversation(input)?.rest).toEqual({ model: "claude" });
    const output = {
      id: "m",
      type: "message",
      role: "assistant",
      content: [{ type: "text", text: "Hi" }],
      stop_reason: "end_turn",
    };
    expect(lines(output)).toEqual(["assistant: Hi"]);
    expect(readConversation(output)?.rest).toEqual({ id: "m", type: "message", stop_reason: "end_turn" });
  });

  it("reads OpenAI chat completions", () => {
    const call = { id: "c1", type: "function", function: { name: "add", arguments: '{"a": 1}' } };
    expect(lines({ choices: [{ message: { role: "assistant", content: null, tool_calls: [call] } }] })).toEqual([
      'assistant: call add#c1 {"a":1}',
    ]);
    const image = { type: "image_url", image_url: { url: "https://pictures.example/red.png" } };
    expect(
      lines({
        messages: [
          { role: "tool", tool_call_id: "c1", content: "3" },
          { role: "user", content: [{ type: "text", text: "And?" }, image] },
        ],
      }),
    ).toEqual(["tool: result #c1 3", "user: And? | media image https://pictures.example/red.png"]);
  });

  it("reads OpenAI responses", () => {
    expect(lines({ model: "gpt", instructions: "Be brief.", input: "Hello" })).toEqual([
      "system: Be brief.",
      "user: Hello",
    ]);
    const output = [
      { type: "reasoning", summary: [{ type: "summary_text", text: "why" }] },
      { type: "function_call", call_id: "c1", name: "add", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: "3" },
      { type: "web_search_call", id: "w" },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Done" }] },
    ];
    expect(lines({ id: "r", output })).toEqual([
      "assistant: (why)",
      "assistant: call add#c1 {}",
      "tool: result #c1 3",
      'assistant: json {"type":"web_search_call","id":"w"}',
      "assistant: Done",
    ]);
  });

  it("reads Gemini, Bedrock, LangChain, LlamaIndex and the AI SDK", () => {
    expect(
      lines({ model: "gemini", contents: "Hi", config: { system_instruction: "Be brief.", temperature: 0 } }),
    ).toEqual(["system: Be brief.", "user: Hi"]);
    const parts = [{ text: null, function_call: { name: "w", args: { city: "Oslo" } } }];
    expect(lines({ candidates: [{ content: { role: "model", parts } }] })).toEqual(['model: call w# {"city":"Oslo"}']);
    const toolUse = { toolUse: { toolUseId: "u", name: "w", input: {} } };
    expect(lines({ output: { message: { role: "assistant", content: [{ text: "Hm" }, toolUse] } } })).toEqual([
      "assistant: Hm | call w#u {}",
    ]);
    expect(lines({ messages: [["user", "Hi"]] })).toEqual(["user: Hi"]);
    expect(lines([{ type: "ai", content: "", tool_calls: [{ name: "w", args: {}, id: "x" }] }])).toEqual([
      "assistant: call w#x {}",
    ]);
    expect(lines({ message: { role: "assistant", blocks: [{ block_type: "text", text: "A rise." }] } })).toEqual([
      "assistant: A rise.",
    ]);
    const result = { type: "tool-result", toolCallId: "k", toolName: "w", output: { value: 3 } };
    expect(lines([{ role: "tool", content: [result] }])).toEqual(['tool: result #k {"value":3}']);
  });

  it("leaves alone what is no conversation, or only half of one", () => {
    for (const value of [
      { city: "Tokyo" },
      "text",
      5,
      null,
      [],
      [1],
      { messages: [] },
      { messages: "x" },
      { input: "x" },
      { role: "admin" },
    ]) {
      expect(readConversation(value)).toBeNull();
    }
    expect(readConversation({ messages: [{ role: "user", content: "Hi" }, { source: "bot" }] })).toBeNull();
  });

  it("never throws", () => {
    const keys = fc.constantFrom(
      "messages",
      "role",
      "content",
      "parts",
      "type",
      "tool_calls",
      "choices",
      "output",
      "input",
      "model",
      "contents",
      "message",
    );
    const shaped = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.anything(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(shaped, (value) => {
        expect(() => readConversation(value)).not.toThrow();
      }),
    );
  });
});

describe("findToolCaller", () => {
  it("finds the model call that asked for a tool", () => {
    const { nodes } = buildTraceModel([weatherTrace()]);
    const [agent, model, tool] = nodes;
    if (!agent || !tool) throw new Error("the sample has changed");
    expect(findToolCaller(nodes, tool)).toEqual({ node: model, callId: "toolu_01" });
    expect(findToolCaller(nodes, agent)).toBeNull();
  });
});
