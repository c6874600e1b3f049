import { addCosts, type Cost, type Difference, onSpans, onTrace, without } from "../differences";
import {
  argumentsDifference,
  asJson,
  isModel,
  mapObjects,
  messageDifference,
  modelDifferences,
  wrappedValues,
} from "../langchain/framework-differences";
import type { GoldenShape, GoldenSpan } from "../shape";

const ALL = ["react-agent", "custom-graph"];

/** Names of spans of Python that go by another one in TypeScript. */
const NAMES: Readonly<Record<string, string>> = {
  Prompt: "prompt",
  should_continue: "RunnableLambda",
  RunnableCallable: "RunnableLambda",
};

/** Takes a span out and gives its children to its parent. */
function withoutSpans(shape: GoldenShape, name: string): GoldenShape {
  const kept = shape.spans.map((span, at) => ({ span, at })).filter(({ span }) => span.name !== name);
  const shownAt = (at: number | null): number | null => {
    const span = at === null ? undefined : shape.spans[at];
    return span?.name === name ? shownAt(span.parent) : at;
  };
  const moved = (parent: number | null) => {
    const at = shownAt(parent);
    return at === null ? null : kept.findIndex((other) => other.at === at);
  };
  return { ...shape, spans: kept.map(({ span }) => ({ ...span, parent: moved(span.parent) })) };
}

/** What the tool node and the function before it are in LangGraph.js, which runs all calls of an answer in one node. */
function toolNode(span: GoldenSpan): GoldenSpan {
  if (JSON.stringify(span.outputs).includes("Send(node='tools'")) return { ...span, outputs: { output: "tools" } };
  const metadata = asJson(span.attributes.metadata);
  if (metadata.langgraph_node !== "tools") return span;
  const pulled = { langgraph_path: ["__pregel_pull", "tools"], langgraph_triggers: ["branch:to:tools"] };
  const attributes = { ...span.attributes, metadata: { ...metadata, ...pulled } };
  return { ...span, attributes, inputs: span.type === "TOOL" ? span.inputs : asJson(span.inputs).state };
}

const isNode = (span: GoldenSpan) => asJson(span.attributes.metadata).langgraph_node !== undefined;

/** Every intended difference. The comparison applies them in this order and then wants equality. */
export const DIFFERENCES: readonly Difference[] = [
  ...modelDifferences(ALL, ALL),
  {
    what: "The cost of every call counts",
    why: "A server adds up no more once a trace's info is there, and Python's was there before the span of the second call.",
    cases: ALL,
    apply: (shape) => {
      const costs = shape.spans.flatMap(({ attributes }) => (attributes["mlflow.llm.cost"] as Cost | undefined) ?? []);
      return onTrace(({ traceMetadata }) => ({
        traceMetadata: { ...traceMetadata, "mlflow.trace.cost": addCosts(costs) },
      }))(shape);
    },
  },
  messageDifference(["react-agent"]),
  argumentsDifference(["react-agent"]),
  wrappedValues(
    ALL,
    () => false,
    (span) => span.type === "CHAIN" && (typeof span.outputs === "string" || Array.isArray(span.outputs)),
  ),
  {
    what: "What a node calls has other names: prompt, and RunnableLambda for the function of a conditional edge",
    why: "LangGraph.js names them so.",
    cases: ALL,
    apply: onSpans((span) => ({ ...span, name: NAMES[span.name] ?? span.name })),
  },
  {
    what: "The prebuilt agent has no span call_model",
    why: "In LangGraph.js the node is that function itself.",
    cases: ["react-agent"],
    apply: (shape) => withoutSpans(shape, "call_model"),
  },
  {
    what: "The state of the prebuilt agent has no remaining_steps",
    why: "LangGraph.js does not keep them in the state.",
    cases: ["react-agent"],
    apply: onSpans((span) => ({
      ...span,
      inputs: mapObjects(span.inputs, (state) => without(state, "remaining_steps")),
    })),
  },
  {
    what: "The tools of an answer run in one node, which takes the whole state",
    why: "That is the default of LangGraph.js; LangGraph in Python sends each call to a node of its own.",
    cases: ["react-agent"],
    apply: onSpans(toolNode),
  },
  {
    what: "A tool has no color, and its metadata has versions",
    why: "LangChain.js says the version of the package that the tool is made with, and nothing for a console.",
    cases: ["react-agent"],
    apply: onSpans((span) => {
      if (span.type !== "TOOL") return span;
      const metadata = { ...asJson(span.attributes.metadata), versions: { "@langchain/core": "1.4.0" } };
      return { ...span, attributes: { ...without(span.attributes, "color"), metadata } };
    }),
  },
  {
    what: "The metadata of everything in a node has checkpoint_ns",
    why: "LangGraph.js gives it to the node itself, LangGraph in Python only to what the node calls.",
    cases: ALL,
    apply: onSpans((span) => {
      if (!isNode(span) || isModel(span)) return span;
      const metadata = asJson(span.attributes.metadata);
      return {
        ...span,
        attributes: { ...span.attributes, metadata: { ...metadata, checkpoint_ns: metadata.langgraph_checkpoint_ns } },
      };
    }),
  },
];
