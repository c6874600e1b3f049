import { type CallRecorder, type LiveSpan, SpanType, type StreamAccumulator, startCall } from "mlflow-tracing";
import { CompletionAccumulator } from "./completion-accumulator.js";
import { requestAttributes } from "./request-attributes.js";
import { ResponseAccumulator } from "./response-accumulator.js";
import { readTokenUsage } from "./token-usage.js";

/** A call of the API and how it is recorded. */
export interface ApiCall {
  readonly spanName: string;
  readonly spanType: SpanType;
  /** Puts the parts of a streamed answer together. */
  readonly accumulate: () => StreamAccumulator;
}

const COMPLETIONS: ApiCall = {
  spanName: "Completions",
  spanType: SpanType.LLM,
  accumulate: () => new CompletionAccumulator(),
};
const RESPONSES: ApiCall = {
  spanName: "Responses",
  spanType: SpanType.LLM,
  accumulate: () => new ResponseAccumulator(),
};
const EMBEDDINGS: ApiCall = { ...COMPLETIONS, spanName: "Embeddings", spanType: SpanType.EMBEDDING };

/** The calls that send a request, by their path in the client. All helpers of the client go through one of these. */
export const API_CALLS: ReadonlyMap<string, ApiCall> = new Map([
  ["chat.completions.create", COMPLETIONS],
  ["completions.create", COMPLETIONS],
  ["responses.create", RESPONSES],
  ["beta.responses.create", RESPONSES],
  ["embeddings.create", EMBEDDINGS],
]);

/** Starts the span of a call with `request` as its first argument; `undefined` when nothing is recorded. */
export function startApiCall(
  { spanName, spanType }: ApiCall,
  request: unknown,
  parent?: LiveSpan | null,
): CallRecorder | undefined {
  return startCall({
    name: spanName,
    spanType,
    inputs: request,
    attributes: requestAttributes(request),
    readUsage: readTokenUsage,
    ...(parent ? { parent } : {}),
  });
}
