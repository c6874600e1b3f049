import { type Difference, onSpans, without } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";
import { asJson, messageDifference, modelDifferences, withoutNulls, wrappedValues } from "./framework-differences";

const ERROR_MESSAGE = "400 The model refused this request.";

const isText = (value: unknown) => typeof value === "string";
const isChain = (span: GoldenSpan) => span.type === "CHAIN";
const isPlainList = (value: unknown) => Array.isArray(value);

/** A span of a parallel step starts when its branch does, and all branches start before any goes on. */
function breadthFirst(shape: GoldenShape): GoldenShape {
  const order = [0, 1, 2, 5, 3, 4, 6, 7, 8];
  const spans = order.flatMap((at) => shape.spans[at] ?? []);
  const moved = (parent: number | null) => (parent === null ? null : order.indexOf(parent));
  return { ...shape, spans: spans.map((span) => ({ ...span, parent: moved(span.parent) })) };
}

/** The store of the comparison, which comes with LangChain.js for tests, gives documents without their ids. */
function withoutDocumentIds(value: unknown): unknown {
  return Array.isArray(value) ? value.map(({ id: _id, ...document }) => document) : value;
}

/** What ChatOpenAI.js asks its client for. */
function clientCall(span: GoldenSpan): GoldenSpan {
  const { max_completion_tokens: max_tokens, ...inputs } = without(asJson(span.inputs), "extra_headers");
  const own = Object.keys(span.attributes).filter((key) => !key.startsWith("mlflow."));
  const { choices, ...answer } = withoutNulls(span.outputs);
  const [choice] = choices as Record<string, unknown>[];
  const message = { ...asJson(choice?.message), refusal: null };
  return {
    ...span,
    type: "LLM",
    inputs: { ...inputs, max_tokens },
    outputs: { ...answer, choices: [{ ...choice, logprobs: null, message }] },
    attributes: without(span.attributes, ...own),
  };
}

const ANSWERED = ["basic", "with-openai-autolog", "retriever"];

/** Cases that have no counterpart. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  "agent-tools":
    "`create_agent` is in the package `langchain`, which is not installed; the prebuilt agent of LangGraph.js has other nodes.",
};

/** Every intended difference. The comparison applies them in this order and then wants equality. */
export const DIFFERENCES: readonly Difference[] = [
  ...modelDifferences([...ANSWERED, "error"], ANSWERED),
  messageDifference(ANSWERED),
  wrappedValues(
    ANSWERED,
    (span) => isChain(span) && (isText(span.inputs) || isPlainList(span.inputs)),
    (span) => isChain(span) && isText(span.outputs),
  ),
  {
    what: "The client's span is an LLM with the request of ChatOpenAI.js and the answer as it came",
    why: "So says the TypeScript integration of OpenAI; Python repeats the request in attributes, and fills the answer up with nulls.",
    cases: ["with-openai-autolog"],
    apply: onSpans((span) => (span.name === "Completions" ? clientCall(span) : span)),
  },
  {
    what: "A parallel step is named RunnableMap",
    why: "That is its class in TypeScript; it does not name its branches.",
    cases: ["retriever"],
    apply: onSpans((span) => (span.name.startsWith("RunnableParallel<") ? { ...span, name: "RunnableMap" } : span)),
  },
  {
    what: "The branches of a parallel step start at once",
    why: "They are concurrent in one thread; the Python library runs each on a thread of its own.",
    cases: ["retriever"],
    apply: breadthFirst,
  },
  {
    what: "A retriever's metadata is not there, nor are the ids of documents",
    why: "LangChain.js does not say what store and embedding a retriever has, and its in-memory store drops the ids.",
    cases: ["retriever"],
    apply: onSpans((span) => {
      const { metadata: _metadata, ...attributes } = span.attributes;
      if (span.type === "RETRIEVER") return { ...span, attributes, outputs: withoutDocumentIds(span.outputs) };
      return span.name === "RunnableLambda" ? { ...span, inputs: dropIds(span.inputs) } : span;
    }),
  },
  {
    what: "An error is described in the words of the TypeScript client",
    why: "It has the class and the message of the client; the Python library names a class of LangChain's own.",
    cases: ["error"],
    apply: onSpans((span) =>
      span.status === "ERROR"
        ? {
            ...span,
            statusDescription: ERROR_MESSAGE,
            events: span.events.map((event) => ({
              ...event,
              exceptionType: "BadRequestError",
              exceptionMessage: ERROR_MESSAGE,
            })),
          }
        : span,
    ),
  },
];

/** The lambda takes what the retriever gave. */
function dropIds(inputs: unknown): unknown {
  const { input } = inputs as { input?: unknown };
  return input === undefined ? withoutDocumentIds(inputs) : { input: withoutDocumentIds(input) };
}
