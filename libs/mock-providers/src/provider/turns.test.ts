import { describe, expect, it } from "vitest";
import { readArguments, type Turn, toConversation } from "./turns";

const OFFER = { model: "m", tools: [], toolChoice: "auto", parallelTools: true } as const;
const user = (text: string, pictures = 0): Turn => ({ role: "user", text, pictures });
const calling = (id: string): Turn => ({
  role: "assistant",
  text: "",
  calls: [{ id, name: `f_${id}`, input: { id } }],
});
const result = (callId: string, text: string): Turn => ({ role: "tool", text, callId });

describe("a conversation of turns", () => {
  it("takes the last user's text, the results since then, and all instructions", () => {
    const turns: Turn[] = [
      { role: "system", text: "One" },
      user("first", 2),
      calling("a"),
      result("a", "old"),
      { role: "system", text: "Two" },
      user("second", 1),
      calling("b"),
      result("b", "new"),
      result("lost", "stray"),
    ];
    expect(toConversation(turns, OFFER)).toEqual({
      ...OFFER,
      system: "One\nTwo",
      userText: "second",
      turn: 3,
      pictures: 1,
      toolResults: [
        { name: "f_b", input: { id: "b" }, text: "new", isError: false },
        { name: "tool", input: {}, text: "stray", isError: false },
      ],
    });
  });

  it("counts neighbouring turns of the assistant as one answer", () => {
    expect(toConversation([user("x"), calling("a"), calling("b"), result("a", "")], OFFER).turn).toBe(2);
    expect(toConversation([], OFFER)).toMatchObject({ turn: 1, userText: "", toolResults: [] });
  });

  it("keeps results when the user sends a picture without a word after them", () => {
    expect(toConversation([user("x"), calling("a"), result("a", "r"), user("", 1)], OFFER)).toMatchObject({
      userText: "x",
      pictures: 1,
      toolResults: [{ text: "r" }],
    });
  });

  it("reads arguments leniently", () => {
    expect(["{", "[1]", "null", "5", '{"a":1}', '{"__proto__":1}'].map(readArguments)).toEqual([
      {},
      {},
      {},
      {},
      { a: 1 },
      JSON.parse('{"__proto__":1}'),
    ]);
  });
});
