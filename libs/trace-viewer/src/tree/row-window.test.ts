import { describe, expect, it } from "vitest";
import { rangeFor, renderedRows } from "./row-window";

describe("rangeFor", () => {
  it("covers what is visible, and the number of rows does not grow with their count", () => {
    for (const count of [300, 10_000, 1_000_000]) {
      for (const scrollTop of [0, 1_234, 30 * count - 400]) {
        const { first, last } = rangeFor(scrollTop, 400, 30, count);
        expect(first).toBeLessThanOrEqual(Math.floor(scrollTop / 30));
        expect(last).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((scrollTop + 400) / 30)));
        expect(last - first).toBeLessThanOrEqual(70);
      }
    }
  });

  it("stays within the rows after they became fewer, and before anything was measured", () => {
    expect(rangeFor(90_000, 400, 30, 10)).toEqual({ first: 10, last: 10 });
    expect(rangeFor(0, 0, 0, 5)).toEqual({ first: 0, last: 5 });
    expect(rangeFor(-50, 400, 30, 300).first).toBe(0);
  });
});

describe("renderedRows", () => {
  it("keeps the row with the focus in the document, in order", () => {
    const range = { first: 10, last: 13 };
    expect(renderedRows(range, 100, 11)).toEqual([10, 11, 12]);
    expect(renderedRows(range, 100, 2)).toEqual([2, 10, 11, 12]);
    expect(renderedRows(range, 100, 90)).toEqual([10, 11, 12, 90]);
    expect(renderedRows(range, 12, 90)).toEqual([10, 11]);
  });
});
