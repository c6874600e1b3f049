import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isReady, startSession } from "./webdriver";

let server: Server;
let base: string;
let commands: string[];

beforeEach(async () => {
  commands = [];
  server = createServer(async (request, response) => {
    const body = request.method === "POST" ? JSON.stringify(await json(request)) : "";
    commands.push(`${request.method} ${request.url} ${body}`.trim());
    const fails = body.includes("nowhere");
    const started = { sessionId: "s", capabilities: { browserVersion: "2.50" } };
    const failure = { error: "unknown error", message: "no such host" };
    const value = fails
      ? failure
      : request.url === "/session"
        ? started
        : request.url === "/status"
          ? { ready: true }
          : null;
    response.writeHead(fails ? 500 : 200).end(JSON.stringify({ value }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

it("speaks the protocol", async () => {
  expect(await isReady(base)).toBe(true);
  const session = await startSession(base, { "x:options": {} });
  expect(session.browserVersion).toBe("2.50");
  await session.navigate("http://page.test/");
  await session.end();
  expect(commands).toEqual([
    "GET /status",
    'POST /session {"capabilities":{"alwaysMatch":{"x:options":{}}}}',
    expect.stringContaining("POST /session/s/timeouts"),
    'POST /session/s/url {"url":"http://page.test/"}',
    "DELETE /session/s",
  ]);
});

it("tells what the driver says of a failure", async () => {
  const session = await startSession(base, {});
  await expect(session.navigate("http://nowhere/")).rejects.toThrow("WebDriver: unknown error: no such host");
});
