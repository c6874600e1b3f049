import Anthropic from "@anthropic-ai/sdk";
import { tracedAnthropic } from "mlflow-anthropic";
import * as mlflow from "mlflow-tracing";

mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });

const client = tracedAnthropic(new Anthropic());

async function explain(language: string) {
  const message = await client.messages.create({
    model: "claude-3-7-sonnet-20250219",
    max_tokens: 64,
    messages: [{ role: "user", content: `What is a lighthouse? Answer in ${language}.` }],
  });
  const [block] = message.content;
  return block?.type === "text" ? block.text : "";
}

// Three calls at once. Each one finds its parent, whichever answer comes first.
const answers = await mlflow.withSpan(() => Promise.all(["French", "German", "Danish"].map(explain)), {
  name: "languages",
  spanType: mlflow.SpanType.CHAIN,
});

for (const answer of answers) console.log(answer);
