import { type Difference, onSpans, onTrace, without } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";
import { PROGRAMS } from "./programs";

type Json = Record<string, unknown>;

const isCall = (span: GoldenSpan) => span.type === "CHAT_MODEL" || span.type === "LLM";
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

const ALL = Object.keys(PROGRAMS);
const FAILED = ["error", "error-in-agent"];
const STREAMS = ["stream", "chat-stream-usage", "stream-tools", "stream-helper", "stream-after-parent"];
/** Python does not record the call of the case. */
const UNRECORDED = ["early-break"];
const except = (...names: string[]) => ALL.filter((name) => !names.includes(name));

/** Fields that the Python client's models add where the API sent nothing. */
const ADDED_NULLS = new Set([
  "annotations",
  "audio",
  "cache_write_tokens",
  "completed_at",
  "context",
  "conversation",
  "function_call",
  "generate_summary",
  "mode",
  "moderation",
  "phase",
  "prompt",
  "prompt_cache_options",
  "prompt_cache_retention",
  "tool_calls",
  "usage",
]);
/** The same in reasoning items; elsewhere the API does send some of them as null. */
const ADDED_REASONING_NULLS = new Set([...ADDED_NULLS, "content", "encrypted_content", "status"]);

function withoutAddedNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAddedNulls);
  if (!isObject(value)) return value;
  const added = value.type === "reasoning" ? ADDED_REASONING_NULLS : ADDED_NULLS;
  const entries = Object.entries(value).filter(([key, item]) => !(item === null && added.has(key)));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutAddedNulls(item)]));
}

/** Changes the outputs of the calls, and the preview where it is these outputs. */
const onOutputs = (change: (outputs: Json) => Json) => (shape: GoldenShape) =>
  onTrace(({ responsePreview }) => ({
    responsePreview:
      isObject(responsePreview) && "choices" in responsePreview ? change(responsePreview) : responsePreview,
  }))(
    onSpans((span) => (isCall(span) && isObject(span.outputs) ? { ...span, outputs: change(span.outputs) } : span))(
      shape,
    ),
  );

/** The messages of the recorded errors, as the TypeScript client words them. */
const ERROR_MESSAGES: Readonly<Record<string, string>> = {
  AuthenticationError:
    "401 Incorrect API key provided: mock-key. You can find your API key at https://platform.openai.com/account/api-keys.",
  BadRequestError: "400 This model's maximum context length is 128000 tokens.",
};

function inTypeScriptWords(span: GoldenSpan): GoldenSpan {
  const message = ERROR_MESSAGES[span.events[0]?.exceptionType ?? ""] ?? "";
  return {
    ...span,
    statusDescription: message,
    events: span.events.map((event) => ({ ...event, exceptionMessage: message })),
  };
}

/** What the recorded chunks of `stream-tools` add up to. */
const STREAMED_TOOL_CALL = {
  index: 0,
  finish_reason: "tool_calls",
  logprobs: null,
  message: {
    role: "assistant",
    content: null,
    refusal: null,
    tool_calls: [
      {
        id: "call_A1",
        type: "function",
        function: { name: "get_weather", arguments: '{"city": "Troms\\u00f8", "unit": "celsius"}' },
      },
    ],
  },
};

/** The span of a stream of `early-break`, with the five chunks that were read. */
const brokenOff = (number: number, parent: number | null): GoldenSpan => ({
  name: "Completions",
  parent,
  type: "LLM",
  status: "OK",
  inputs: { model: "gpt-4o-mini", messages: [{ role: "user", content: "A line about a harbour." }], stream: true },
  outputs: {
    id: `chatcmpl-Mock000${number}`,
    created: 1760000000,
    model: "gpt-4o-mini-2024-07-18",
    object: "chat.completion",
    service_tier: "default",
    system_fingerprint: "fp_mock",
    choices: [
      {
        index: 0,
        finish_reason: null,
        logprobs: null,
        message: {
          role: "assistant",
          content: "The tide comes in, the tide goes out, and the harbour",
          refusal: null,
        },
      },
    ],
  },
  attributes: {
    "mlflow.llm.model": "gpt-4o-mini-2024-07-18",
    "mlflow.message.format": "openai",
    "mlflow.spanLogLevel": 20,
  },
  events: [0, 1, 2, 3, 4].map((at) => ({
    name: `mlflow.chunk.item.${at}`,
    attributeKeys: ["mlflow.chunk.value"],
  })),
});

/** Every intended difference. The comparison applies them in this order and then wants equality. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "A call's span, and a trace that starts with it, is named `Completions` or `Responses`, without `Async`",
    why: "The TypeScript SDK has one client, which is asynchronous.",
    cases: ["concurrent", "error-in-agent", "responses-reasoning"],
    apply: (shape) => {
      const named = onSpans((span) => ({ ...span, name: span.name.replace(/^Async/, "") }))(shape);
      return onTrace((trace) => ({ tags: { ...trace.tags, "mlflow.traceName": named.spans[0]?.name ?? "" } }))(named);
    },
  },
  {
    what: "A call's type is LLM, not CHAT_MODEL",
    why: "Upstream's TypeScript SDK uses LLM for every provider call.",
    cases: except(...UNRECORDED),
    apply: onSpans((span) => (span.type === "CHAT_MODEL" ? { ...span, type: "LLM" } : span)),
  },
  {
    what: "The parameters of a request are in its inputs only",
    why: "The Python library repeats each as an attribute of its own name, tools and schemas in full among them.",
    cases: except(...UNRECORDED),
    apply: onSpans((span) => {
      const own = Object.keys(span.attributes).filter((key) => !key.startsWith("mlflow."));
      return { ...span, attributes: without(span.attributes, ...own) };
    }),
  },
  {
    what: "No null fields that the API did not send",
    why: "The Python client fills every field of its models; the TypeScript client leaves the answer as it came.",
    cases: except(...FAILED, ...UNRECORDED),
    apply: (shape) =>
      onOutputs((outputs) => withoutAddedNulls(outputs) as Json)(
        onSpans((span) => ({ ...span, inputs: withoutAddedNulls(span.inputs) }))(shape),
      ),
  },
  {
    what: "An error is described in the words of the TypeScript client, also in the status of the call's own span",
    why: "The Python client prints the body as Python does, and its library leaves the status of the call empty.",
    cases: FAILED,
    apply: onSpans(inTypeScriptWords),
  },
  {
    what: "The answer of a stream has the service tier that its chunks name",
    why: "The Python library puts together some fields of the completion only.",
    cases: STREAMS,
    apply: onOutputs((outputs) => ({ ...outputs, service_tier: "default" })),
  },
  {
    what: "A streamed tool call is in the answer",
    why: "The Python library puts together the text of the first choice only.",
    cases: ["stream-tools"],
    apply: onOutputs((outputs) => ({ ...outputs, choices: [STREAMED_TOOL_CALL] })),
  },
  {
    what: "The request of the stream helper has what the caller gave",
    why: "The Python helper fills in a placeholder for each parameter that it knows, and its own header.",
    cases: ["stream-helper"],
    apply: onSpans((span) => {
      const { model, messages, stream, stream_options } = span.inputs as Json;
      return { ...span, inputs: { model, messages, stream, stream_options } };
    }),
  },
  {
    what: "A call whose HTTP answer is wanted too looks like any other",
    why: "The Python client asks for it by a header among the call's arguments, the TypeScript client on the promise.",
    cases: ["raw-response"],
    apply: onSpans((span) => ({ ...span, inputs: without(span.inputs as Json, "extra_headers") })),
  },
  {
    what: "A stream that is broken off is recorded with what was read, alone and within another span",
    why: "The Python library never ends its span: alone there is no trace at all, and within another span no reader gets the trace.",
    cases: UNRECORDED,
    applyToAll: ([python]) => {
      if (!python) return [];
      const { partial: _, ...shape } = python as GoldenShape & { partial?: string };
      const alone = brokenOff(1, null);
      const trace = {
        ...shape.trace,
        requestPreview: "A line about a harbour.",
        responsePreview: "The tide comes in, the tide goes out, and the harbour",
        tags: { ...shape.trace.tags, "mlflow.traceName": "Completions" },
      };
      return [
        { spans: [alone], trace },
        { ...shape, spans: [...shape.spans, brokenOff(2, 0)] },
      ];
    },
  },
];
