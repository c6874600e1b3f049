import { describe, expect, it } from "vitest";
import { limitText } from "./limit-text";
import { structuredAnswer } from "./structured-answer";

const result = (text: string, isError = false) => ({ name: "f", input: {}, text, isError });
const schema = {
  type: "object",
  properties: { city: { type: "string" }, degrees: { type: "integer", maximum: 50 }, sky: { $ref: "#/$defs/sky" } },
  required: ["city", "degrees", "sky"],
  $defs: { sky: { type: "string", enum: ["rain", "sun"] } },
};
const answer = (results: ReturnType<typeof result>[], wanted: unknown = schema) =>
  JSON.parse(structuredAnswer(wanted, { prompt: "The weather in Oslo", results, text: "Said." }));

describe("a structured answer", () => {
  it("takes what tools returned under a property's name, where that fits", () => {
    expect(answer([result('{"degrees": 4, "sky": "sun", "city": "Bergen", "more": 1}')])).toEqual({
      city: "Bergen",
      degrees: 4,
      sky: "sun",
    });
  });

  it.each([
    ["of other types", '{"degrees": "4", "city": 5, "sky": ["sun"]}'],
    ["outside of limits", '{"degrees": 99, "sky": "fog"}'],
    ["that are no objects", "[1]"],
    ["that are no JSON", "sun"],
  ])("does not take values %s", (_name, text) => {
    expect(answer([result(text)])).toEqual({ city: "Oslo", degrees: 1, sky: "rain" });
  });

  it("takes nothing from failures, and of two results the later", () => {
    expect(answer([result('{"degrees": 4}'), result('{"degrees": 5}'), result('{"degrees": 6}', true)]).degrees).toBe(
      5,
    );
  });

  it.each([{}, { type: "object" }, { type: "object", properties: {}, additionalProperties: true }, null])(
    "is the answer in words where %j asks for nothing",
    (wanted) => expect(answer([], wanted)).toEqual({ answer: "Said." }),
  );

  it("of another form stays as the schema wants it", () => {
    expect(answer([result('{"city":"x"}')], { type: "array", items: { type: "string" } })).toEqual(["Oslo"]);
    expect(answer([], { enum: ["a", "b"] })).toBe("a");
  });
});

describe("a limited text", () => {
  it.each([
    ["a b c", [], 9, { text: "a b c", tokens: 3, end: "whole" }],
    ["a b c", [], 3, { text: "a b c", tokens: 3, end: "whole" }],
    ["a b c", [], 2, { text: "a b", tokens: 2, end: "length" }],
    ["a b c", [" c", " b"], 9, { text: "a", tokens: 1, end: "stop" }],
    ["a b c", ["a"], 9, { text: "", tokens: 0, end: "stop" }],
    ["a b c", [" c"], 1, { text: "a", tokens: 1, end: "length" }],
    ["a b c", ["", "x"], 9, { text: "a b c", tokens: 3, end: "whole" }],
    ["a", [], -5, { text: "", tokens: 0, end: "length" }],
    ["", [], 0, { text: "", tokens: 0, end: "whole" }],
  ])("%j with stops %j and %i tokens", (text, stops, most, expected) => {
    expect(limitText(text, stops, most)).toEqual(expected);
  });
});
