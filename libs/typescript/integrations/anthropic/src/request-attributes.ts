import { SpanAttributeKey } from "mlflow-tracing";

/** A tool in the form of OpenAI's API, which MLflow uses for all providers. */
interface ChatTool {
  type: "function";
  function: { name: string; description?: string; parameters?: unknown };
}

/** Attributes that the request alone gives, so that failed calls have them too. */
export function requestAttributes(request: unknown): Record<string, unknown> {
  const attributes: Record<string, unknown> = {
    [SpanAttributeKey.MESSAGE_FORMAT]: "anthropic",
    [SpanAttributeKey.MODEL_PROVIDER]: "anthropic",
  };
  try {
    const { model, tools } = request as { model?: unknown; tools?: unknown };
    if (typeof model === "string") attributes[SpanAttributeKey.MODEL] = model;
    if (Array.isArray(tools) && tools.length > 0) attributes[SpanAttributeKey.CHAT_TOOLS] = tools.map(toChatTool);
  } catch {
    // A request that cannot be read is for the client to refuse.
  }
  return attributes;
}

function toChatTool(tool: { name?: unknown; type?: unknown; description?: string; input_schema?: unknown }): ChatTool {
  const { name, type, description, input_schema: parameters } = tool;
  return {
    type: "function",
    function: {
      name: String(name ?? type ?? ""),
      ...(description === undefined ? {} : { description }),
      ...(parameters === undefined ? {} : { parameters }),
    },
  };
}
