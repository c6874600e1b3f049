import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());

await client.messages.create({
  model: "claude-3-7-sonnet-20250219",
  max_tokens: 1024,
  messages: [{ role: "user", content: "Hello, Claude" }],
});

// Traces are sent in the background: wait until the server has this one.
await mlflow.flushTraces();

const traceId = mlflow.getLastActiveTraceId();
if (!traceId) throw new Error("No trace was recorded.");

const mlflowClient = new mlflow.MlflowClient({ trackingUri: "http://localhost:5000" });
const trace = await mlflowClient.getTrace(traceId);

console.log("== Total token usage ==");
console.log("  Input tokens:", trace.info.tokenUsage?.input_tokens);
console.log("  Output tokens:", trace.info.tokenUsage?.output_tokens);
console.log("  Total tokens:", trace.info.tokenUsage?.total_tokens);

console.log("== Token usage of each model call ==");
for (const span of trace.data.spans) {
  const usage = span.attributes["mlflow.chat.tokenUsage"] as mlflow.TokenUsage | undefined;
  if (!usage) continue;
  console.log(`${span.name}:`);
  console.log("  Input tokens:", usage.input_tokens);
  console.log("  Output tokens:", usage.output_tokens);
  console.log("  Total tokens:", usage.total_tokens);
}
