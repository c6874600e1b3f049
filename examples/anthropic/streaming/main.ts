import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());
const question = {
  model: "claude-3-7-sonnet-20250219",
  max_tokens: 256,
  messages: [{ role: "user" as const, content: "Describe a harbour at night in one line." }],
};

// The raw events. The span ends with the last of them.
let text = "";
for await (const event of await client.messages.create({ ...question, stream: true })) {
  if (event.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
}
console.log("create:", text);

// The helper: it assembles the message while you listen.
const stream = client.messages.stream(question);
stream.on("text", (delta) => console.log("stream:", delta));
const message = await stream.finalMessage();
console.log("tokens:", message.usage.output_tokens);
