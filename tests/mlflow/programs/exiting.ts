import { init, startSpan } from "mlflow-tracing";

/**
 * A program that does not wait for its traces: `<tracking URI> <experiment id> <traces> <exit|natural>`. Prints the ids of the
 * traces, of which the last, when it exits, has not ended.
 */
const [trackingUri = "", experimentId = "", traces = "0", ending = "natural"] = process.argv.slice(2);
init({ trackingUri, experimentId });

const ids: Record<string, string[]> = {};
for (let n = 1; n <= Number(traces); n++) {
  const root = startSpan({ name: `trace ${n}`, inputs: { n } });
  const child = startSpan({ name: "child", parent: root, inputs: `${n}` });
  ids[root.traceId] = [root.spanId, child.spanId];
  child.end({ outputs: n });
  if (ending !== "exit" || n < Number(traces)) root.end();
}
console.log(JSON.stringify(ids));
if (ending === "exit") process.exit(0);
