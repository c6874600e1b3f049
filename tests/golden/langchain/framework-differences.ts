import { type Difference, onSpans, onTrace, without } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";

/** Differences between LangChain in Python and in TypeScript, whatever is built with it. */

type Json = Record<string, unknown>;

/** A model of the framework; a provider client's span is no such. */
export const isModel = (span: GoldenSpan) => span.type === "CHAT_MODEL" && span.name !== "Completions";
export const asJson = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {});

/** `value` with `change` applied to every object within it, innermost first. */
export function mapObjects(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, mapObjects(item, change)]);
  return change(Object.fromEntries(entries));
}

/** Applies `change` to what spans took and gave, and to the previews made of it. */
export const onValues = (change: (value: unknown) => unknown) => (shape: GoldenShape) =>
  onTrace(({ requestPreview, responsePreview }) => ({
    requestPreview: change(requestPreview),
    responsePreview: change(responsePreview),
  }))(onSpans((span) => ({ ...span, inputs: change(span.inputs), outputs: change(span.outputs) }))(shape));

const onAttributes = (change: (attributes: Json, span: GoldenSpan) => Json) =>
  onSpans((span) => ({ ...span, attributes: change(span.attributes, span) }));

export const withoutNulls = (value: unknown): Json =>
  asJson(mapObjects(value, (object) => Object.fromEntries(Object.entries(object).filter(([, item]) => item !== null))));

function choiceWithReason(choice: unknown): unknown {
  const { message } = asJson(choice);
  return { ...asJson(choice), finish_reason: asJson(message).tool_calls ? "tool_calls" : "stop" };
}

/** A recorded call, whose JSON has a space after its colon as the provider sent it. */
const rawCall = ({ id, name, args }: Json) => ({
  id,
  type: "function",
  function: { name, arguments: JSON.stringify(args).replaceAll('":', '": ') },
});

function answerOfChatOpenAI(message: Json): Json {
  const { token_usage, id, finish_reason, model_provider, model_name, system_fingerprint } = asJson(
    message.response_metadata,
  );
  if (message.type !== "ai" || token_usage === undefined) return message;
  const {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: totalTokens,
  } = asJson(token_usage);
  const calls = (message.tool_calls as Json[]).map(rawCall);
  return {
    ...message,
    id,
    additional_kwargs: calls.length > 0 ? { tool_calls: calls } : {},
    response_metadata: {
      tokenUsage: { promptTokens, completionTokens, totalTokens },
      finish_reason,
      model_provider,
      model_name,
      system_fingerprint,
      usage: withoutNulls(token_usage),
    },
  };
}

function paramsOfChatOpenAI(invocation: unknown): Json {
  const { max_completion_tokens: max_tokens, ...params } = without(asJson(invocation), "model_name", "_type", "stop");
  return { ...params, ...(max_tokens === undefined ? {} : { max_tokens }) };
}

const rewrittenArguments = (object: Json): Json =>
  typeof object.arguments === "string"
    ? { ...object, arguments: JSON.stringify(JSON.parse(object.arguments)) }
    : object;

/** Rows that every case with an answer shares; `answered` are those. */
export const modelDifferences = (cases: readonly string[], answered: readonly string[]): Difference[] => [
  {
    what: "A choice has its finish reason",
    why: "The provider said it; the Python library leaves it null.",
    cases: answered,
    apply: onSpans((span) =>
      isModel(span) && span.outputs
        ? { ...span, outputs: { choices: (asJson(span.outputs).choices as unknown[]).map(choiceWithReason) } }
        : span,
    ),
  },
  {
    what: "The parameters and options of a model call are those that ChatOpenAI.js says",
    why: "It has neither `model_name` nor `_type`, calls the limit `max_tokens`, and gives the tools as an option too.",
    cases,
    apply: onAttributes((attributes, span) => {
      if (!isModel(span)) return attributes;
      const invocation_params = paramsOfChatOpenAI(attributes.invocation_params);
      const { tools } = invocation_params;
      return { ...without(attributes, "options"), invocation_params, ...(tools ? { options: { tools } } : {}) };
    }),
  },
  {
    what: "A model's metadata names the versions of the TypeScript packages, and has no null",
    why: "LangChain adds the versions itself, under `versions`, and what is not set is left out.",
    cases,
    apply: onAttributes((attributes, span) => {
      if (!isModel(span)) return attributes;
      const versions = { "@langchain/core": "1.4.0", "@langchain/openai": "1.5.8" };
      return { ...attributes, metadata: { ...without(withoutNulls(attributes.metadata), "lc_versions"), versions } };
    }),
  },
];

export const messageDifference = (cases: readonly string[]): Difference => ({
  what: "A message has the metadata and the id that ChatOpenAI.js gives it",
  why: "It names the token counts in its own way, keeps the provider's as they came, and takes the id of the answer.",
  cases,
  apply: onValues((value) => mapObjects(value, answerOfChatOpenAI)),
});

export const argumentsDifference = (cases: readonly string[]): Difference => ({
  what: "The arguments of a tool call are written as JavaScript writes JSON",
  why: "LangChain parses them, and each language writes them again in its own way.",
  cases,
  apply: onSpans((span) =>
    isModel(span)
      ? {
          ...span,
          inputs: mapObjects(span.inputs, rewrittenArguments),
          outputs: mapObjects(span.outputs, rewrittenArguments),
        }
      : span,
  ),
});

/**
 * @param inputs which spans take a single value
 * @param outputs which spans give one
 */
export const wrappedValues = (
  cases: readonly string[],
  inputs: (span: GoldenSpan) => boolean,
  outputs: (span: GoldenSpan) => boolean,
): Difference => ({
  what: "A chain's value that is no object is within `input` or `output`",
  why: "LangChain.js hands it to callbacks so, and it cannot be told from an object that the program made so.",
  cases,
  apply: (shape) => {
    const spans = shape.spans.map((span) => ({
      ...span,
      inputs: inputs(span) ? { input: span.inputs } : span.inputs,
      outputs: outputs(span) ? { output: span.outputs } : span.outputs,
    }));
    const [root] = shape.spans;
    if (!root || !outputs(root)) return { ...shape, spans };
    const [shown] = spans;
    return { spans, trace: { ...shape.trace, requestPreview: shown?.inputs, responsePreview: shown?.outputs } };
  },
});
