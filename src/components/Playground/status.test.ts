import type { ErrorEvent, RunResult } from "@tracebook/playground/contract";
import { describe, expect, it } from "vitest";
import { NO_OUTPUT } from "./run-state";
import { errorText, statusText } from "./status";

const result = (extra: Partial<RunResult>): RunResult => ({
  engine: "sandbox",
  outcome: "completed",
  durationMs: 12.4,
  spanCount: 7,
  dropped: 0,
  ...extra,
});
const finished = (extra: Partial<RunResult>) =>
  statusText({ phase: "finished", output: NO_OUTPUT, result: result(extra) });
const boom: ErrorEvent = {
  type: "error",
  kind: "thrown",
  name: "Error",
  message: "boom\nand more",
  stack: "",
  at: { file: "main.ts", line: 12, column: 3 },
};

describe("statusText", () => {
  it.each<[Partial<RunResult>, string]>([
    [{}, "Sandbox · 12 ms · 7 spans"],
    [{ spanCount: 1, durationMs: 0.2 }, "Sandbox · 1 ms · 1 span"],
    [{ durationMs: 1_234 }, "Sandbox · 1.2 s · 7 spans"],
    [{ dropped: 3 }, "Sandbox · 12 ms · 7 spans · 3 messages dropped"],
    [{ outcome: "stopped" }, "Stopped · Sandbox · 12 ms"],
    [{ outcome: "timed-out", durationMs: 10_000 }, "Timed out · Sandbox · 10.0 s"],
    [{ outcome: "failed", error: boom }, "Error: boom (main.ts:12:3) · Sandbox · 12 ms · 7 spans"],
  ])("%j", (extra, text) => {
    expect(finished(extra)).toBe(text);
  });

  it("says that a trace is recorded until something was run", () => {
    expect(statusText({ phase: "recorded", output: NO_OUTPUT })).toBe("Recorded run · 0 spans");
    expect(statusText({ phase: "running", output: NO_OUTPUT, fresh: false })).toBe("Running…");
  });
});

describe("errorText", () => {
  it("names the place only when there is one", () => {
    expect(errorText({ ...boom, at: undefined })).toBe("Error: boom");
  });
});
