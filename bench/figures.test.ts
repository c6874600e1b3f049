import { describe, expect, it } from "vitest";
import { formatFigures, summarise } from "./figures";

describe("summarise", () => {
  it("sorts by size, not by text", () => {
    expect(summarise([10, 9, 100, 1, 2])).toEqual({ runs: 5, min: 1, median: 9, p90: 100 });
  });

  it("refuses to report on nothing", () => {
    expect(() => summarise([])).toThrow("No samples");
  });
});

describe("formatFigures", () => {
  it("prints every figure with its unit", () => {
    expect(formatFigures("floor", summarise([1, 2, 3]))).toMatch(
      /^floor +median +2\.0 ms +min +1\.0 ms +p90 +3\.0 ms +\(3 runs\)$/,
    );
  });
});
