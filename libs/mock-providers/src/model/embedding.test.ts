import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedText } from "./embedding";

const length = (vector: readonly number[]): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const cosine = (left: string, right: string): number => {
  const vector = embedText(right, 512);
  return embedText(left, 512).reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0);
};

describe("vectors of texts", () => {
  it("have length 1 and fit into 32 bits, whatever the text and the size", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 600 }), (text, dimensions) => {
        const vector = embedText(text, dimensions);
        expect(vector).toHaveLength(dimensions);
        expect(length(vector)).toBeCloseTo(1, 5);
        expect(vector).toEqual(Array.from(new Float32Array(vector)));
        expect(embedText(text, dimensions)).toEqual(vector);
      }),
    );
  });

  it("lie the nearer the more words are shared", () => {
    const text = "The ferry from Oslo to Copenhagen sails at night";
    const near = cosine(text, "Night ferries sail between Copenhagen and Oslo");
    const far = cosine(text, "Oslo has a new opera house");
    const unrelated = cosine(text, "Bread needs flour, water and salt");
    expect(near).toBeGreaterThan(far + 0.2);
    expect(far).toBeGreaterThan(unrelated);
    expect(Math.abs(unrelated)).toBeLessThan(0.15);
  });

  it("differ for different texts of the same words", () => {
    expect(cosine("dog bites man", "man bites dog")).toBeGreaterThan(0.8);
    expect(embedText("dog bites man", 64)).not.toEqual(embedText("man bites dog", 64));
  });

  it("are the beginnings of longer ones", () => {
    const long = embedText("A fjord in winter", 1536).slice(0, 100);
    const stretched = long.map((value) => value / length(long));
    embedText("A fjord in winter", 100).forEach((value, index) => {
      expect(value).toBeCloseTo(stretched[index] ?? Number.NaN, 5);
    });
  });
});
