import { FakeListChatModel } from "@langchain/core/utils/testing";
import { Annotation, END, interrupt, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { SpanStatusCode, SpanType, trace, tracingContext } from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MlflowCallback } from "./mlflow-callback.js";
import { type Recording, startRecording } from "./testing/recording.js";

let recording: Recording;
beforeEach(() => {
  recording = startRecording();
});
afterEach(() => recording.stop());

const State = Annotation.Root({ draft: Annotation<string> });
type State = typeof State.State;
const traced = (thread_id?: string) => ({ callbacks: [new MlflowCallback()], configurable: { thread_id } });

const count = trace(
  async function count(text: string) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return text.length;
  },
  { spanType: SpanType.TOOL },
);

describe("a graph", () => {
  it("is a chain of nodes, with traced functions and models below their node", async () => {
    const model = new FakeListChatModel({ responses: ["a line"] });
    const graph = new StateGraph(State)
      .addNode("write", async () => ({ draft: String((await model.invoke("Write.")).content) }))
      .addNode("check", async ({ draft }: State) => ({ draft: `${draft} (${await count(draft)})` }))
      .addEdge(START, "write")
      .addEdge("write", "check")
      .addConditionalEdges("check", () => END)
      .compile();
    const { draft } = await graph.invoke({ draft: "" }, traced("thread-1"));
    expect(draft).toBe("a line (6)");
    expect(await recording.tree()).toEqual([
      " > LangGraph CHAIN",
      "LangGraph > write CHAIN",
      "write > FakeListChatModel CHAT_MODEL",
      "LangGraph > check CHAIN",
      "check > count TOOL",
      "check > RunnableLambda CHAIN",
    ]);
    expect((await recording.span("check")).getAttribute("metadata")).toMatchObject({ langgraph_node: "check" });
    expect((await recording.trace()).info.traceMetadata["mlflow.trace.session"]).toBe("thread-1");
  });

  it("keeps parallel nodes apart", async () => {
    const Results = Annotation.Root({
      found: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
    });
    const node = (name: string) => async () => ({ found: [`${name} ${await count(name)}`] });
    const graph = new StateGraph(Results)
      .addNode("left", node("left"))
      .addNode("right", node("right"))
      .addEdge(START, "left")
      .addEdge(START, "right")
      .compile();
    await graph.invoke({}, traced());
    const { spans } = (await recording.trace()).data;
    for (const name of ["left", "right"]) {
      const parent = spans.find((span) => span.name === name);
      const child = spans.find(({ parentId }) => parentId === parent?.spanId);
      expect(child).toMatchObject({ name: "count", inputs: { text: name } });
    }
  });

  it("nests a graph that is a node, and streams", async () => {
    const inner = new StateGraph(State)
      .addNode("edit", ({ draft }: State) => ({ draft: `${draft}!` }))
      .addEdge(START, "edit")
      .compile();
    const outer = new StateGraph(State).addNode("sub", inner).addEdge(START, "sub").compile();
    for await (const _ of await outer.stream({ draft: "x" }, traced()));
    expect(await recording.tree()).toEqual([
      " > LangGraph CHAIN",
      "LangGraph > sub CHAIN",
      "sub > LangGraph CHAIN",
      "LangGraph > edit CHAIN",
    ]);
  });

  it("that waits for a person has not failed", async () => {
    const graph = new StateGraph(State)
      .addNode("ask", () => ({ draft: String(interrupt("Is this right?")) }))
      .addEdge(START, "ask")
      .compile({ checkpointer: new MemorySaver() });
    await graph.invoke({ draft: "x" }, traced("t"));
    const node = await recording.span("ask");
    expect(node.status.statusCode).toBe(SpanStatusCode.OK);
    expect(node.events.map(({ name }) => name)).toEqual(["interrupt"]);
    expect(String(node.events[0]?.attributes.interrupts)).toContain("Is this right?");
    expect((await recording.trace()).info.state).toBe("OK");
  });

  it("that fails is ERROR from the node up", async () => {
    const broken = () => Promise.reject(new TypeError("no draft"));
    const graph = new StateGraph(State).addNode("broken", broken).addEdge(START, "broken").compile();
    await expect(graph.invoke({ draft: "" }, traced())).rejects.toThrow("no draft");
    for (const name of ["LangGraph", "broken"]) {
      expect((await recording.span(name)).status.statusCode).toBe(SpanStatusCode.ERROR);
    }
  });

  it("leaves a session that the program has set", async () => {
    const graph = new StateGraph(State)
      .addNode("n", () => ({}))
      .addEdge(START, "n")
      .compile();
    await tracingContext({ sessionId: "mine" }, () => graph.invoke({ draft: "" }, traced("theirs")));
    expect((await recording.trace()).info.traceMetadata["mlflow.trace.session"]).toBe("mine");
  });
});
