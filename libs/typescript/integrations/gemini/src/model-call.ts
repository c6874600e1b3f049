import { type CallRecorder, type LiveSpan, SpanAttributeKey, SpanType, startCall } from "mlflow-tracing";
import { toChatTools } from "./chat-tools.js";
import { recordedRequest } from "./recorded-request.js";
import { readTokenUsage } from "./token-usage.js";

export interface ModelCallOptions {
  readonly spanType?: SpanType;
  readonly parent?: LiveSpan;
}

const countedBelow = new WeakSet<CallRecorder>();

/** Leaves the tokens of a call to the spans below its own, so that none is lost or counted twice. */
export function countTokensBelow(recorder: CallRecorder): void {
  countedBelow.add(recorder);
}

/** Starts the span of a call with `request` as its first argument; `undefined` when nothing is recorded. */
export function startModelCall(
  name: string,
  request: unknown,
  { spanType = SpanType.LLM, parent }: ModelCallOptions = {},
): CallRecorder | undefined {
  const recorder: CallRecorder | undefined = startCall({
    name,
    spanType,
    inputs: recordedRequest(request),
    attributes: requestAttributes(request),
    ...(parent ? { parent } : {}),
    readUsage: (response) => (recorder && countedBelow.has(recorder) ? undefined : readTokenUsage(response)),
  });
  return recorder;
}

/** Attributes that the request alone gives, so that failed calls have them too. */
export function requestAttributes(request: unknown): Record<string, unknown> {
  const attributes: Record<string, unknown> = {
    [SpanAttributeKey.MESSAGE_FORMAT]: "gemini",
    [SpanAttributeKey.MODEL_PROVIDER]: "gemini",
  };
  try {
    const { model, config } = request as { model?: unknown; config?: { tools?: unknown } };
    if (typeof model === "string") attributes[SpanAttributeKey.MODEL] = model;
    const tools = toChatTools(config?.tools);
    if (tools.length > 0) attributes[SpanAttributeKey.CHAT_TOOLS] = tools;
  } catch {
    // A request that cannot be read is for the client to refuse.
  }
  return attributes;
}
