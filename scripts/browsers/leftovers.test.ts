import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { within } from "./deadline";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

it.each(["SIGTERM", "SIGINT"] as const)("leaves nothing behind after %s", async (signal) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // As the real command is run, because modules are loaded differently there.
  const program = spawn(process.execPath, ["--import", "tsx", fixture("program.mts"), fixture("display.cjs")], {
    env: { ...process.env, DISPLAY_PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [[connection], [data]] = await within(
      15_000,
      "The start of the display",
      Promise.all([once(server, "connection"), once(program.stdout, "data")]),
    );
    expect(String(data).trim()).toBe(":7");
    connection.on("error", () => {});
    const closed = once(connection.resume(), "close");
    program.kill(signal);
    await within(10_000, "The end of the display", closed);
  } finally {
    program.kill("SIGKILL");
    server.close();
  }
});
