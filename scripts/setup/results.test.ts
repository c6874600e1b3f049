import { describe, expect, it, vi } from "vitest";
import { countPlaywright, countVitest, readReport, verdict } from "./results.mjs";

describe("countVitest", () => {
  it("counts tests", () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      testResults: [{ status: "failed", assertionResults: [{}] }],
    };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 7, failed: 2 });
  });

  it("counts a file that could not be loaded", () => {
    const report = { numPassedTests: 7, numFailedTests: 0, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 7, failed: 1 });
  });

  it("refuses anything that is no report", () => {
    for (const text of [
      "",
      "{}",
      '{"numPassedTests":"7","numFailedTests":0}',
      '{"numPassedTests":-1,"numFailedTests":0}',
    ]) {
      expect(() => countVitest(text)).toThrow();
    }
  });
});

describe("countPlaywright", () => {
  it("counts flaky tests as passed and errors outside of tests as failed", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 }, errors: [{ message: "no server" }] };
    expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 6, failed: 2 });
  });

  it("refuses anything that is no report", () => {
    for (const text of ["null", "{}", '{"stats":{"expected":1}}']) expect(() => countPlaywright(text)).toThrow();
  });
});

describe("verdict", () => {
  it("lets good news pass", () => expect(verdict({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 }));

  it("counts failures once", () => expect(verdict({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 }));

  it("fails a run that says nothing failed but ends badly", () => {
    expect(verdict({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("fails a run without tests or without a report", () => {
    expect(verdict({ passed: 0, failed: 0 }, 0).failed).toBe(1);
    expect(verdict(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

it("says why a report cannot be read", () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(readReport("/nowhere/report.json", countVitest)).toBeUndefined();
  expect(error.mock.calls.join()).toContain("/nowhere/report.json");
  error.mockRestore();
});
