import { SpanAttributeKey } from "mlflow-tracing";
import { toChatTool } from "./chat-tools.js";

/** Attributes that the request alone gives, so that failed calls have them too. */
export function requestAttributes(request: unknown): Record<string, unknown> {
  const attributes: Record<string, unknown> = { [SpanAttributeKey.MESSAGE_FORMAT]: "openai" };
  try {
    const { model, tools } = request as { model?: unknown; tools?: unknown };
    if (typeof model === "string") attributes[SpanAttributeKey.MODEL] = model;
    if (Array.isArray(tools) && tools.length > 0) attributes[SpanAttributeKey.CHAT_TOOLS] = tools.map(toChatTool);
  } catch {
    // A request that cannot be read is for the client to refuse.
  }
  return attributes;
}
