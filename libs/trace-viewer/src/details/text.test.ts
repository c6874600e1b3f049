import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedBeginning, textPieces } from "./fold-text";
import { inlineJson } from "./inline-json";

/** Whether there is no half of a surrogate pair in it: such a half cannot be encoded. */
function isWellFormed(text: string): boolean {
  return new TextDecoder().decode(new TextEncoder().encode(text)) === text;
}

describe("foldedBeginning", () => {
  it("leaves short texts whole", () => {
    expect(foldedBeginning("short")).toBe("short");
    expect(foldedBeginning("x".repeat(1300))).toHaveLength(1300);
  });

  it("is always a beginning of the text, and never half a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 4000 }), (text) => {
        const beginning = foldedBeginning(text);
        expect(text.startsWith(beginning)).toBe(true);
        expect(isWellFormed(beginning)).toBe(true);
      }),
    );
    expect(isWellFormed(foldedBeginning(`${"x".repeat(1199)}${"😀".repeat(500)}`))).toBe(true);
  });

  it("folds many lines", () => {
    expect(foldedBeginning("line\n".repeat(100)).split("\n")).toHaveLength(14);
  });
});

describe("textPieces", () => {
  it("loses nothing, even of one line without spaces", () => {
    const texts = [
      "",
      "short",
      "a".repeat(1_000_000),
      "word ".repeat(50_000),
      "line\n".repeat(50_000),
      "😀".repeat(30_000),
    ];
    for (const text of texts) {
      const pieces = textPieces(text);
      expect(pieces.join("") === text).toBe(true);
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(20_000);
      expect(pieces.every((piece) => isWellFormed(piece))).toBe(true);
    }
  });
});

describe("inlineJson", () => {
  it("writes short values on one line", () => {
    expect(inlineJson({ city: "Tokyo", list: [1, null, true], none: {} })).toBe(
      '{"city": "Tokyo", "list": [1, null, true], "none": {}}',
    );
    expect(inlineJson([])).toBe("[]");
  });

  it("gives up on long or deep values without exhausting the stack", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(inlineJson(deep)).toBeNull();
    expect(inlineJson("x".repeat(100))).toBeNull();
    expect(inlineJson(Array.from({ length: 1000 }, (_, index) => index))).toBeNull();
  });

  it("is JSON whenever it is something", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = inlineJson(value);
        if (text !== null) expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
