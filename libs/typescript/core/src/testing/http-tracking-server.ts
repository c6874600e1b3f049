import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeTrackingServer, type FakeTrackingServerOptions } from "./fake-tracking-server.js";

/** A fake tracking server that other processes can reach. */
export interface HttpTrackingServer {
  readonly server: FakeTrackingServer;
  readonly uri: string;
  close(): Promise<void>;
}

/** Puts a {@link FakeTrackingServer} behind a port of this machine. For tests in Node.js. */
export async function startHttpTrackingServer(options?: FakeTrackingServerOptions): Promise<HttpTrackingServer> {
  const server = new FakeTrackingServer(options);
  const http = createServer((request, response) => void answer(server, request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    });
  return { server, uri: `http://127.0.0.1:${port}`, close };
}

async function answer(server: FakeTrackingServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).filter(([name]) => name !== "connection" && name !== "host");
  const init: RequestInit = { method: request.method ?? "GET", headers: headers as [string, string][] };
  if (chunks.length > 0) init.body = Buffer.concat(chunks);
  const reply = await server.handle(server.uri + request.url, init);
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(Buffer.from(await reply.arrayBuffer()));
}
