import { type Difference, onSpans, onTrace, without, withTotals } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";
import { mergeSpans } from "./merge-spans";
import { toCamelCase } from "./normalize";
import {
  API_ERROR,
  COST_OF_ALL_ROUNDS,
  DECLARED_TOOLS,
  DECLARED_WEATHER,
  streamedSpan,
  streamedTrace,
  USAGE_OF_ALL_ROUNDS,
} from "./recorded-by-ours";

const isCall = (span: GoldenSpan) => span.type === "LLM" || span.type === "CHAT_MODEL";
const GENERATED = ["basic", "async", "chat", "tools", "image-and-thinking", "concurrent"];
const CALLS = [...GENERATED, "error"];

const onCalls = (change: (span: GoldenSpan) => Partial<GoldenSpan>) =>
  onSpans((span) => (isCall(span) ? { ...span, ...change(span) } : span));

const onValues = (change: (value: unknown) => unknown) =>
  onCalls(({ inputs, outputs }) => ({ inputs: change(inputs), outputs: change(outputs) }));

/** Applies `keep` to every field of every object within a value. */
function keepFields(value: unknown, keep: (key: string, item: unknown) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => keepFields(item, keep));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => keep(key, item));
  return Object.fromEntries(entries.map(([key, item]) => [key, keepFields(item, keep)]));
}

function replaceText(value: unknown, from: string, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => replaceText(item, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceText(item, from, to)]));
}

/** `AsyncModels._generate_content` is `generateContentInternal`, and without the underscore `generateContent`. */
function ourName(name: string): string {
  const method = name.replace(/^.*\./, "");
  return toMethodName(method.replace(/^_(.*)$/, "$1_internal"));
}

function toMethodName(name: string): string {
  return Object.keys(toCamelCase({ [name]: 0 }) as object)[0] ?? name;
}

function withOurNames(shape: GoldenShape): GoldenShape {
  const named = onCalls((span) => ({ name: ourName(span.name) }))(shape);
  return onTrace(({ tags }) => ({ tags: { ...tags, "mlflow.traceName": named.spans[0]?.name ?? "" } }))(named);
}

/** Every intended difference. The comparison applies them in this order and then wants equality. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "One span for a call, not one inside the other, and none around it for a chat",
    why: "They show the same call three times. With tools that the client runs, a call makes several requests, and all are shown.",
    cases: ["basic", "async", "chat", "image-and-thinking", "concurrent", "error"],
    apply: mergeSpans,
  },
  {
    what: "A call's span, and a trace that starts with it, is named `generateContent`, not `Models.generate_content`",
    why: "Upstream's TypeScript SDK names it after the method.",
    cases: CALLS,
    apply: withOurNames,
  },
  {
    what: "Fields have the names of the TypeScript client, and there are no null fields that nobody sent",
    why: "The Python client fills every field of its models; the TypeScript client leaves requests and answers as they were.",
    cases: GENERATED,
    apply: onValues((value) => {
      const isEmpty = (key: string, item: unknown) =>
        item === null || (key === "automatic_function_calling_history" && Array.isArray(item) && item.length === 0);
      return toCamelCase(keepFields(value, (key, item) => !isEmpty(key, item)));
    }),
  },
  {
    what: "No HTTP settings and headers",
    why: "They say how a request was sent, not what was asked, and headers may hold keys.",
    cases: GENERATED,
    apply: onValues((value) => keepFields(value, (key) => !/^(http_?options|sdk_?http_?response)$/i.test(key))),
  },
  {
    what: "A chat's configuration is what the program gave, here nothing",
    why: "The Python client adds settings of its own before it calls the models.",
    cases: ["chat"],
    apply: onCalls(({ inputs }) => ({ inputs: { ...(inputs as object), config: {} } })),
  },
  {
    what: "A tool is shown as its declaration, not as the text of the function, and with its whole schema",
    why: "The declaration is what the model gets. The Python library knows two levels of a schema, without the type of the first.",
    cases: ["tools"],
    apply: onCalls(({ inputs, outputs, attributes }) => ({
      inputs: replaceText(inputs, "<function get_weather at <address>>", DECLARED_WEATHER),
      outputs,
      attributes: { ...attributes, "mlflow.chat.tools": DECLARED_TOOLS },
    })),
  },
  {
    what: "A signature is the text that the service sent",
    why: "The Python client decodes it, and the trace has what Python prints for bytes.",
    cases: ["tools"],
    apply: onValues((value) => replaceText(value, "b'mock-signature'", btoa("mock-signature"))),
  },
  {
    what: "The tool's span is made by the integration, with what the tool gave to the model",
    why: "In Python the program traces its function itself. Here the tool's code is plain.",
    cases: ["tools"],
    apply: onSpans((span) =>
      span.type === "TOOL"
        ? {
            ...span,
            outputs: { result: span.outputs },
            attributes: without(span.attributes, "mlflow.spanFunctionName"),
          }
        : span,
    ),
  },
  {
    what: "The tokens and the cost of every request with tools count",
    why: "The Python library gives the last request's to the call's span, and with that the others are lost to the trace.",
    cases: ["tools"],
    apply: (shape) =>
      withTotals(
        USAGE_OF_ALL_ROUNDS,
        COST_OF_ALL_ROUNDS,
      )(
        onSpans((span) =>
          span.parent === 0
            ? { ...span, attributes: without(span.attributes, "mlflow.chat.tokenUsage", "mlflow.llm.cost") }
            : span,
        )(shape),
      ),
  },
  {
    what: "An error is described in the words of the TypeScript client",
    why: "Its class is `ApiError`, and its message is the answer as it came; the Python client prints it as Python does.",
    cases: ["error"],
    apply: onSpans((span) => ({
      ...span,
      statusDescription: API_ERROR,
      events: span.events.map((event) => ({ ...event, exceptionType: "ApiError", exceptionMessage: API_ERROR })),
    })),
  },
  {
    what: "A stream is recorded, with its response and its tokens",
    why: "The Python library does not trace streams at all: a bare one has no trace, and one within a span leaves none.",
    cases: ["stream"],
    applyToAll: (shapes) => [
      streamedTrace("mock0001"),
      ...shapes.map((shape) => {
        const { tokenUsage, traceMetadata } = streamedTrace("mock0002").trace;
        const spans = [...shape.spans, { ...streamedSpan("mock0002"), parent: 0 }];
        return onTrace(() => ({ tokenUsage, traceMetadata }))({ ...shape, spans });
      }),
    ],
  },
  {
    what: "Previews are of the shorter inputs and outputs",
    why: "Python's have the null fields and the headers too, and are cut before the tokens.",
    cases: ["basic", "async", "chat", "image-and-thinking"],
    apply: (shape) =>
      onTrace(() => ({ requestPreview: shape.spans[0]?.inputs, responsePreview: shape.spans[0]?.outputs }))(shape),
  },
];
