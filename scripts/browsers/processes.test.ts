import { once } from "node:events";
import { expect, it } from "vitest";
import { retryUntil, within } from "./deadline";
import { endGroup, startGroup } from "./processes";

const SLEEP = "setInterval(() => {}, 1000)";
const PARENT = `
require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(SLEEP)}], { stdio: "inherit" });
console.log("started");
${SLEEP}`;

it("ends a program and what that has started", async () => {
  const child = startGroup(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "ignore"] });
  const output = child.stdout ?? process.stdin;
  await once(output, "data");
  endGroup(child.pid);
  // The output ends when nobody has it open any more: neither the program nor what that has started.
  const [[, signal]] = await within(10_000, "The end of both", Promise.all([once(child, "exit"), once(output, "end")]));
  expect(signal).toBe("SIGKILL");
  endGroup(child.pid);
});

it("names what took too long, and passes on what did not", async () => {
  await expect(within(1, "Waiting", new Promise(() => {}))).rejects.toThrow("Waiting took longer than 1 ms");
  await expect(within(1000, "Waiting", Promise.resolve(1))).resolves.toBe(1);
  await expect(within(1000, "Waiting", Promise.reject(new Error("x")))).rejects.toThrow("x");
});

it("tries again after failures, and tells of the last one when the time is up", async () => {
  let tries = 0;
  const attempt = async () => {
    if (++tries < 3) throw new Error("not yet");
    return tries;
  };
  expect(await retryUntil(10_000, "Trying", attempt)).toBe(3);
  const never = retryUntil(60, "Trying", () => Promise.reject(new Error("never")));
  await expect(never).rejects.toMatchObject({ message: "Trying took longer than 60 ms", cause: new Error("never") });
});
