import { type CallRecorder, SpanType, startCall } from "mlflow-tracing";
import { requestAttributes } from "./request-attributes.js";
import { readTokenUsage } from "./token-usage.js";

/** Starts the span of a call with `request` as its first argument; `undefined` when nothing is recorded. */
export function startMessagesCall(request: unknown): CallRecorder | undefined {
  return startCall({
    name: "Messages",
    spanType: SpanType.LLM,
    inputs: request,
    attributes: requestAttributes(request),
    readUsage: readTokenUsage,
  });
}
