import { describe, expect, it } from "vitest";
import { describeMarks, marksOf } from "./marks";

const problem = (line: number, message: string, file = "main.ts") => ({ message, at: { file, line, column: 1 } });

describe("marksOf", () => {
  it("is empty where nothing is wrong", () => expect(marksOf("main.ts", undefined)).toEqual([]));

  it("takes problems of this file only, also when its name is longer here", () => {
    const problems = [problem(1, "here"), problem(2, "there", "other.ts")];
    expect(marksOf("main.ts", undefined, problems)).toEqual([{ line: 1, message: "here" }]);
    expect(marksOf("anthropic/basic/main.ts", undefined, problems)).toEqual([{ line: 1, message: "here" }]);
    expect(marksOf("domain.ts", undefined, problems)).toEqual([]);
  });

  it("marks a line once, by what came first of the run and the compiler, and sorts by line", () => {
    const marks = marksOf("main.ts", { line: 5, message: "run" }, [
      problem(5, "late"),
      problem(2, "a"),
      problem(2, "b"),
    ]);
    expect(marks).toEqual([
      { line: 2, message: "a" },
      { line: 5, message: "run" },
    ]);
  });
});

it("describes each mark in words", () => {
  expect(describeMarks([])).toBe("");
  expect(describeMarks([{ line: 3, message: "boom" }])).toBe("Error on line 3: boom");
});
