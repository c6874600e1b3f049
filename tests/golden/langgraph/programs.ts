import { tool } from "@langchain/core/tools";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { ChatOpenAI } from "@langchain/openai";
import { MlflowCallback } from "mlflow-langchain";
import * as mlflow from "mlflow-tracing";

/** The TypeScript counterparts of the Python programs behind the golden traces: the same calls in each language's natural form. */

const model = () => new ChatOpenAI({ apiKey: "test", maxRetries: 0, model: "gpt-4o-mini" });

const getWeather = tool(({ city }: { city: string }) => `It is sunny in ${city}.`, {
  name: "get_weather",
  description: "The weather of a city.",
  schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
});

async function reactAgent(): Promise<void> {
  const graph = createReactAgent({ llm: model(), tools: [getWeather] });
  await graph.invoke(
    { messages: [["user", "What is the weather in Oslo?"]] },
    { callbacks: [new MlflowCallback()], configurable: { thread_id: "thread-1" } },
  );
}

const State = Annotation.Root({
  topic: Annotation<string>,
  draft: Annotation<string>,
  rounds: Annotation<number>,
});
type State = typeof State.State;

const countWords = mlflow.trace(
  function count_words(text: string) {
    return text.split(/\s+/).length;
  },
  { spanType: mlflow.SpanType.TOOL },
);

async function customGraph(): Promise<void> {
  const llm = model();
  const graph = new StateGraph(State)
    .addNode("write", async ({ topic, rounds }: State) => ({
      draft: String((await llm.invoke(`Write a line on ${topic}.`)).content),
      rounds: rounds + 1,
    }))
    .addNode("check", ({ draft }: State) => ({ draft: countWords(draft) > 3 ? draft : "" }))
    .addNode("publish", ({ draft }: State) => ({ draft: draft.toUpperCase() }))
    .addEdge(START, "write")
    .addEdge("write", "check")
    .addConditionalEdges("check", ({ draft }: State) => (draft ? "publish" : "write"))
    .addEdge("publish", END)
    .compile();
  await graph.invoke({ topic: "tides", draft: "", rounds: 0 }, { callbacks: [new MlflowCallback()] });
}

/** Programs by the name of their golden case. */
export const PROGRAMS: Readonly<Record<string, () => Promise<void>>> = {
  "react-agent": reactAgent,
  "custom-graph": customGraph,
};
