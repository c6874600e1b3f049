import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { freePort, listen, portFromEnvironment } from "./listen.mjs";

const create = () => createServer((_request, response) => response.end("ours"));
const quiet = { log: () => undefined };

describe("portFromEnvironment", () => {
  it("is 3000 unless told otherwise", () => {
    expect([undefined, "", "8080", "0", "65535"].map(portFromEnvironment)).toEqual([3000, 3000, 8080, 0, 65535]);
  });

  it.each(["x", "-1", "65536", "80.5", "1e3", " 80"])("refuses %j", (text) => {
    expect(() => portFromEnvironment(text)).toThrow(/PORT must be/);
  });
});

describe("listen", () => {
  it("answers by IPv4 on this machine", async () => {
    const { port, close } = await listen(create, { port: 0, ...quiet });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ours");
    await close();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it("says that a port is taken and takes the next free one", async () => {
    const lines: string[] = [];
    const first = await listen(create, { port: 0, ...quiet });
    const second = await listen(create, { port: first.port, log: (line: string) => lines.push(line) });
    expect(second.port).toBeGreaterThan(first.port);
    expect(lines[0]).toBe(`Port ${first.port} is taken by another program; trying ${first.port + 1}.`);
    await Promise.all([first.close(), second.close()]);
  });

  it("fails instead when it must be that port", async () => {
    const { port, close } = await listen(create, { port: 0, ...quiet });
    await expect(listen(create, { port, strict: true, ...quiet })).rejects.toThrow(`Port ${port} is taken`);
    await close();
  });

  it("says why it cannot listen at a foreign address", async () => {
    await expect(listen(create, { host: "192.0.2.1", port: 0, ...quiet })).rejects.toThrow(
      /Cannot listen at 192\.0\.2\.1/,
    );
  });

  it("closes connections that are still open", async () => {
    const { port, close } = await listen(create, { port: 0, ...quiet });
    await (await fetch(`http://127.0.0.1:${port}/`, { keepalive: true })).text();
    await expect(close()).resolves.toBeDefined();
  });
});

it("finds a port that can be used afterwards", async () => {
  const port = await freePort({ port: 0, ...quiet });
  const server = await listen(create, { port, strict: true, ...quiet });
  expect(server.port).toBe(port);
  await server.close();
});
