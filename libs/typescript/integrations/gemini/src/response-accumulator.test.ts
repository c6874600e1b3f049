import { describe, expect, it } from "vitest";
import { ResponseAccumulator } from "./response-accumulator.js";

const chunk = (parts: readonly object[], fields: object = {}) => ({
  candidates: [{ content: { parts, role: "model" }, ...fields }],
});

function accumulate(...chunks: unknown[]): { candidates: { content: { parts: unknown[] } }[]; truncated?: unknown } {
  const answer = new ResponseAccumulator();
  for (const item of chunks) answer.add(item);
  return answer.snapshot() as ReturnType<typeof accumulate>;
}

describe("ResponseAccumulator", () => {
  it("is nothing before the first response, and skips what is none", () => {
    expect(accumulate()).toBeUndefined();
    expect(accumulate(null, "text", 7)).toBeUndefined();
    expect(accumulate({ candidates: "no list" })).toEqual({});
    expect(accumulate({ candidates: [{}] })).toEqual({ candidates: [{}] });
  });

  it("keeps several candidates apart", () => {
    const two = (left: string, right: string) => ({
      candidates: [
        { index: 0, content: { role: "model", parts: [{ text: left }] } },
        { index: 1, content: { role: "model", parts: [{ text: right }] } },
      ],
    });
    const texts = accumulate(two("a", "x"), two("b", "y")).candidates.map(({ content }) => content.parts);
    expect(texts).toEqual([[{ text: "ab" }], [{ text: "xy" }]]);
  });

  it("keeps what only the first response says", () => {
    const blocked = { promptFeedback: { blockReason: "SAFETY" } };
    expect(accumulate(blocked, { usageMetadata: { promptTokenCount: 3 }, promptFeedback: undefined })).toEqual({
      promptFeedback: { blockReason: "SAFETY" },
      usageMetadata: { promptTokenCount: 3 },
    });
  });

  it("does not change the responses, which the reader has too", () => {
    const first = chunk([{ text: "a" }]);
    accumulate(first, chunk([{ text: "b" }]));
    expect(first).toEqual(chunk([{ text: "a" }]));
  });

  it("joins the arguments of a function call that is streamed", () => {
    const pieces = [
      { name: "f", willContinue: true },
      { partialArgs: [{ jsonPath: "$.city", stringValue: "Os" }], willContinue: true },
      { partialArgs: [{ jsonPath: "$.city", stringValue: "lo" }], willContinue: true, name: undefined },
      {},
    ];
    const { candidates } = accumulate(
      ...pieces.map((functionCall) => chunk([{ functionCall }])),
      chunk([{ text: "x" }]),
    );
    const partialArgs = [
      { jsonPath: "$.city", stringValue: "Os" },
      { jsonPath: "$.city", stringValue: "lo" },
    ];
    expect(candidates[0]?.content.parts).toEqual([{ functionCall: { name: "f", partialArgs } }, { text: "x" }]);
  });

  it("holds no more parts and characters than its limits, and says what it left out", () => {
    const image = { inlineData: { mimeType: "image/png", data: "x".repeat(9 * 1024 * 1024) } };
    const large = accumulate(chunk([image]), chunk([image]), chunk([{ text: "end" }]));
    expect(large.candidates[0]?.content.parts).toEqual([image, { text: "end" }]);
    expect(large.truncated).toEqual({ parts: 1, characters: 9 * 1024 * 1024 });
    const call = { functionCall: { name: "f" } };
    const many = accumulate(...Array.from({ length: 10_050 }, () => chunk([call])));
    expect(many.candidates[0]?.content.parts).toHaveLength(9_999);
    expect(many.truncated).toEqual({ parts: 51, characters: 0 });
    const spread = accumulate(...Array.from({ length: 10_002 }, (_, index) => ({ candidates: [{ index }] })));
    expect(spread.candidates).toHaveLength(10_000);
  });
});
