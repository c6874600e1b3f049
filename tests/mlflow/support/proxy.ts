import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server in front of the tracking server that has no OTLP, as one with a file store has none. */
export interface ProxyWithoutOtlp {
  readonly uri: string;
  /** Method and path of every request that came, e.g. `POST /v1/traces`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Passes everything on to `target`, except for `/v1/traces`, which it answers with status 501 as MLflow does. */
export async function startProxyWithoutOtlp(target: string): Promise<ProxyWithoutOtlp> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    requests.push(`${method} ${url.split("?")[0]}`);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (url.startsWith("/v1/traces")) {
      response.writeHead(501, { "content-type": "application/json" }).end('{"detail":"OTLP is not supported"}');
      return;
    }
    const { host: _host, connection: _connection, ...headers } = request.headers as Record<string, string>;
    const body = parts.length > 0 ? Buffer.concat(parts) : undefined;
    const answer = await fetch(target + url, { method, headers: withoutLength(headers), body });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** `fetch` sets these itself. */
function withoutLength({
  "content-length": _length,
  "transfer-encoding": _encoding,
  ...headers
}: Record<string, string>) {
  return headers;
}
