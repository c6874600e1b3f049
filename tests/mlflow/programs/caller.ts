import { flushTraces, getTracingContextHeadersForHttpRequest, init, withSpan } from "mlflow-tracing";

/**
 * A program that calls the service: `<tracking URI> <experiment id> <base URL of the service> <calls>`, all calls at the same
 * time. Prints the trace's id and the ids of the spans of the calls.
 */
const [trackingUri = "", experimentId = "", service = "", calls = "1"] = process.argv.slice(2);
init({ trackingUri, experimentId });

const result = await withSpan(
  async (root) => {
    root.setAttribute("pid", process.pid);
    const spanIds = await Promise.all(Array.from({ length: Number(calls) }, call));
    return { traceId: root.traceId, rootId: root.spanId, spanIds };
  },
  { name: "root", spanType: "AGENT" },
);
await flushTraces();
console.log(JSON.stringify(result));

function call(): Promise<string> {
  return withSpan(
    async (span) => {
      const answer = await fetch(`${service}/handle`, { headers: getTracingContextHeadersForHttpRequest() });
      await answer.text();
      return span.spanId;
    },
    { name: "call", spanType: "CHAIN" },
  );
}
