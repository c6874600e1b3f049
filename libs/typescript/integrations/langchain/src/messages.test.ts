import { AIMessage, ChatMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { toChatTools } from "./chat-tools.js";
import { toChatMessage } from "./messages.js";
import { readTokenUsage } from "./token-usage.js";

describe("toChatMessage", () => {
  it("has the role of OpenAI's API", () => {
    expect(toChatMessage(new HumanMessage("a")).role).toBe("user");
    expect(toChatMessage(new AIMessage("a")).role).toBe("assistant");
    expect(toChatMessage(new ChatMessage("a", "critic")).role).toBe("critic");
    expect(toChatMessage(new ToolMessage({ content: "a", tool_call_id: "c1" }))).toMatchObject({
      role: "tool",
      tool_call_id: "c1",
    });
  });

  it("has tool calls once, beside the content", () => {
    const message = new AIMessage({
      content: [
        { type: "text", text: "Let me see." },
        { type: "tool_use", id: "c1", name: "weather", input: { city: "Oslo" } },
      ],
      tool_calls: [{ id: "c1", name: "weather", args: { city: "Oslo" } }],
    });
    expect(toChatMessage(message)).toMatchObject({
      content: [{ type: "text", text: "Let me see." }],
      tool_calls: [{ id: "c1", function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
    });
  });

  it("shows images as OpenAI's API has them", () => {
    const content = [
      { type: "image", url: "https://example.com/a.png" },
      { type: "image", data: "QUJD", mimeType: "image/jpeg" },
      { type: "image_url", image_url: { url: "https://example.com/b.png" } },
    ];
    const shown = toChatMessage(new HumanMessage({ content } as never)).content;
    expect(shown).toEqual(
      ["https://example.com/a.png", "data:image/jpeg;base64,QUJD", "https://example.com/b.png"].map((url) => ({
        type: "image_url",
        image_url: { url },
      })),
    );
  });
});

describe("toChatTools", () => {
  const schema = { type: "object", properties: {} };

  it.each([
    ["OpenAI's", { type: "function", function: { name: "a", parameters: schema } }],
    ["Anthropic's", { name: "a", input_schema: schema }],
    ["Gemini's", { functionDeclarations: [{ name: "a", parameters: schema }] }],
  ])("reads %s form", (_whose, tool) => {
    expect(toChatTools([tool])).toEqual([{ type: "function", function: { name: "a", parameters: schema } }]);
  });

  it("leaves what it does not know", () => {
    const builtIn = { type: "web_search_20250305", name: "web_search" };
    expect(toChatTools([builtIn, null, 5])).toEqual([builtIn, null, 5]);
    expect(toChatTools({ not: "a list" })).toEqual([]);
  });
});

describe("readTokenUsage", () => {
  const counts = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };

  it.each([
    ["the message", { generations: [[{ text: "", message: { usage_metadata: counts } }]] }, counts],
    ["tokenUsage", { generations: [], llmOutput: { tokenUsage: { promptTokens: 1, completionTokens: 2 } } }, counts],
    ["usage", { generations: [], llmOutput: { tokenUsage: {}, usage: { input_tokens: 1, output_tokens: 2 } } }, counts],
    ["an estimate", { generations: [], llmOutput: { estimatedTokenUsage: { totalTokens: 9 } } }, { total_tokens: 9 }],
  ])("reads %s", (_where, result, usage) => {
    expect(readTokenUsage(result as never)).toMatchObject(usage);
  });

  it("says nothing where nothing was counted", () => {
    expect(readTokenUsage({ generations: [[]] })).toBeUndefined();
    expect(readTokenUsage({ generations: [], llmOutput: { tokenUsage: { promptTokens: "many" } } })).toBeUndefined();
  });
});
