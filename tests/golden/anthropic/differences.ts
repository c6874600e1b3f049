import { addCosts, type Difference, onSpans, onTrace, withTotals } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";
import { bareTrace, costOf, helperMessage, recordedAnswer, recordedSpan, usageOf } from "./recorded-by-ours";

const isCall = (span: GoldenSpan) => span.type === "CHAT_MODEL" || span.type === "LLM";

/** Fields that the Python client's models add where the API sent nothing. */
const ADDED_NULLS = new Set([
  "container",
  "citations",
  "stop_details",
  "caller",
  "toolset_name",
  "inference_geo",
  "output_tokens_details",
  "server_tool_use",
]);

function withoutAddedNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAddedNulls);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => !(item === null && ADDED_NULLS.has(key)));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutAddedNulls(item)]));
}

const ERROR_MESSAGE =
  '400 {"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: 0 is below the minimum of 1"},"request_id":"req_mock0001"}';

/** What the recorded events of the stream add up to. */
const STREAMED_USAGE = usageOf(15, 19);
const STREAMED_COST = costOf(15, 19);
const STREAMED = {
  id: "msg_01Mock0001",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5-20250929",
  content: [{ type: "text", text: "The tide comes in, the tide goes out, and the harbour lamp blinks on." }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: {
    input_tokens: 15,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: 19,
    service_tier: "standard",
  },
};

/** A span in the place in which it started. */
function insertSpan(shape: GoldenShape, at: number, span: GoldenSpan): GoldenShape {
  return { ...shape, spans: [...shape.spans.slice(0, at), span, ...shape.spans.slice(at)] };
}

/** Every intended difference. The comparison applies them in this order and then wants equality. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "A call's span, and a trace that starts with it, is named `Messages`, not `Messages.create` or `AsyncMessages.create`",
    why: "Upstream's TypeScript SDK names it so, and there is one client for both.",
    cases: [
      "basic",
      "async",
      "tools",
      "concurrent",
      "error",
      "stream",
      "retry",
      "structured",
      "thinking",
      "raw-and-beta",
    ],
    apply: (shape) => {
      const named = onSpans((span) => (isCall(span) ? { ...span, name: "Messages" } : span))(shape);
      return onTrace((trace) => ({ tags: { ...trace.tags, "mlflow.traceName": named.spans[0]?.name ?? "" } }))(named);
    },
  },
  {
    what: "A call's type is LLM, not CHAT_MODEL",
    why: "Upstream's TypeScript SDK uses LLM for every provider call.",
    cases: [
      "basic",
      "async",
      "tools",
      "concurrent",
      "error",
      "stream",
      "retry",
      "structured",
      "thinking",
      "raw-and-beta",
    ],
    apply: onSpans((span) => (span.type === "CHAT_MODEL" ? { ...span, type: "LLM" } : span)),
  },
  {
    what: "No null fields that the API did not send",
    why: "The Python client fills every field of its models; the TypeScript client leaves the answer as it came.",
    cases: ["basic", "async", "tools", "concurrent", "retry", "structured", "thinking"],
    apply: (shape) =>
      onTrace((trace) => ({ responsePreview: withoutAddedNulls(trace.responsePreview) }))(
        onSpans((span) => ({
          ...span,
          inputs: withoutAddedNulls(span.inputs),
          outputs: withoutAddedNulls(span.outputs),
        }))(shape),
      ),
  },
  {
    what: "An error is described in the words of the TypeScript client",
    why: "The Python client prints the body as Python does and names the class in the status; ours keeps the error's own message.",
    cases: ["error"],
    apply: onSpans((span) => ({
      ...span,
      statusDescription: ERROR_MESSAGE,
      events: span.events.map((event) => ({ ...event, exceptionMessage: ERROR_MESSAGE })),
    })),
  },
  {
    what: "A stream is recorded: its message and its tokens",
    why: "The Python library ends the span before the stream is read and keeps the text of the stream object.",
    cases: ["stream"],
    apply: (shape) =>
      withTotals(
        STREAMED_USAGE,
        STREAMED_COST,
      )(
        onTrace(() => ({ responsePreview: STREAMED }))(
          onSpans((span) => ({
            ...span,
            outputs: STREAMED,
            attributes: {
              ...span.attributes,
              "mlflow.chat.tokenUsage": STREAMED_USAGE,
              "mlflow.llm.cost": STREAMED_COST,
            },
          }))(shape),
        ),
      ),
  },
  {
    what: "The stream helper is recorded: its message and its tokens",
    why: "The Python library does not trace `messages.stream`: a bare one has no trace, and one within a span leaves none.",
    cases: ["stream-helper"],
    applyToAll: (shapes) => {
      const outside = helperMessage("msg_01Mock0001", "First, outside any span.", 11, 6);
      const inside = helperMessage("msg_01Mock0002", "Second, inside an agent span.", 12, 7);
      const child = { ...recordedSpan("stream-helper", 1, { outputs: inside }), parent: 0 };
      return [
        bareTrace(recordedSpan("stream-helper", 0, { outputs: outside }), "Outside a span"),
        ...shapes.map((shape) => withTotals(usageOf(12, 7), costOf(12, 7))(insertSpan(shape, 1, child))),
      ];
    },
  },
  {
    what: "`messages.parse` is recorded, with what was parsed",
    why: "The Python library does not trace it.",
    cases: ["structured"],
    apply: (shape) => {
      const outputs = { ...recordedAnswer("structured", 0), parsed_output: { name: "Ada Lovelace", born: 1815 } };
      const parse = { ...recordedSpan("structured", 0, { outputs }), parent: 0 };
      const cost = addCosts([costOf(120, 16), costOf(118, 15)]);
      return withTotals(usageOf(120 + 118, 16 + 15), cost)(insertSpan(shape, 1, parse));
    },
  },
  {
    what: "A call whose HTTP answer is wanted too has its message and its tokens",
    why: "The Python library keeps the text of the answer's object, and a header of the client's own among the inputs.",
    cases: ["raw-and-beta"],
    apply: (shape) => {
      const { inputs, outputs, attributes } = recordedSpan("raw-and-beta", 0);
      const recorded = onSpans((span) => ({ ...span, inputs, outputs, attributes }))(shape);
      return withTotals(usageOf(8, 4), costOf(8, 4))(onTrace(() => ({ responsePreview: outputs }))(recorded));
    },
  },
  {
    what: "`beta.messages` is recorded",
    why: "The Python library does not trace it.",
    cases: ["raw-and-beta"],
    applyToAll: (shapes) => {
      const inputs = { betas: ["context-1m-2025-08-07"] };
      return [...shapes, bareTrace(recordedSpan("raw-and-beta", 1, { inputs }), "Beta")];
    },
  },
];
