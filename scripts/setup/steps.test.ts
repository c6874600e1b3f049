import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { expectSuccess, formatDuration, main, StepFailure, step } from "./steps.mjs";

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it("formats durations for people", () => {
  expect([0, 400, 12_345, 60_000, 125_499].map(formatDuration)).toEqual([
    "0.0 s",
    "0.4 s",
    "12.3 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});

it("gives back what a step gives", async () => expect(await step("one", () => 1)).toBe(1));

it("marks a failed step and passes its failure on", async () => {
  await expect(step("two", () => expectSuccess(Promise.resolve(3), "It broke."))).rejects.toThrow(
    "It broke. (exit code 3)",
  );
  expect(vi.mocked(console.error).mock.calls.join()).toContain("✗ two");
});

it("ends with exit code 1 and tells a failure in one line", async () => {
  await main(async () => {
    throw new StepFailure("No luck.");
  });
  expect(process.exitCode).toBe(1);
  expect(vi.mocked(console.error).mock.calls).toEqual([["\nNo luck."]]);
});
