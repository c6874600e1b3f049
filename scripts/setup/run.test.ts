import { expect, it, vi } from "vitest";
import { run } from "./run.mjs";

it("gives the exit code", async () => {
  expect(await run(process.execPath, ["-e", "process.exit(0)"])).toBe(0);
  expect(await run(process.execPath, ["-e", "process.exit(7)"])).toBe(7);
});

it("is no success when a signal ends the command", async () => {
  expect(await run(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"])).toBe(128);
});

it("is no success when there is no such command", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(await run("no-such-command-anywhere", [])).toBe(127);
  error.mockRestore();
});

it("keeps children quiet and gives them nothing to read", async () => {
  const script = `
    let text = "";
    process.stdin.on("data", (part) => (text += part)).on("end", () => {
      process.exit(text === "" && process.env.NO_UPDATE_NOTIFIER === "1" && process.env.MINE === "yes" ? 0 : 1);
    });`;
  expect(await run(process.execPath, ["-e", script], { env: { MINE: "yes" } })).toBe(0);
});
