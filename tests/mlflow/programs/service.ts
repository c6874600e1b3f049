import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  flushTraces,
  getTracingContextHeadersForHttpRequest,
  init,
  withSpan,
  withTracingContextFromHeadersAsync,
} from "mlflow-tracing";

/**
 * A service that takes part in its callers' traces: `<tracking URI> <experiment id>`. Prints its port. `/handle` asks the
 * service itself for `/inner`, so that a trace passes through three requests. It ends with its standard input.
 */
const [trackingUri = "", experimentId = ""] = process.argv.slice(2);
init({ trackingUri, experimentId });

const server = createServer(async (request, response) => {
  const path = request.url ?? "/";
  await withTracingContextFromHeadersAsync(request.headers, () =>
    withSpan(
      async (span) => {
        span.setAttribute("pid", process.pid);
        if (path === "/handle") await withSpan(() => callInner(), { name: "work" });
      },
      { name: path, spanType: "TOOL" },
    ),
  );
  await flushTraces();
  response.end("{}");
});

async function callInner(): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/inner`, { headers: getTracingContextHeadersForHttpRequest() });
  await answer.text();
}

server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit(0));
