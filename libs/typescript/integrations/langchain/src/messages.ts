import type { BaseMessage } from "@langchain/core/messages";
import { asRecord } from "./attempt.js";

/** A message as MLflow records it for LangChain: OpenAI's form, with `null` for what it does not have. */
export interface ChatMessage {
  role: string;
  content: unknown;
  tool_calls: ChatToolCall[] | null;
  refusal: unknown;
  tool_call_id: string | null;
}

interface ChatToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

const ROLES: Readonly<Record<string, string>> = { human: "user", ai: "assistant" };

export function isMessage(value: object): value is BaseMessage {
  const { getType, _getType } = value as { getType?: unknown; _getType?: unknown };
  return "content" in value && (typeof getType === "function" || typeof _getType === "function");
}

/** `message` in the form of OpenAI's API. */
export function toChatMessage(message: BaseMessage): ChatMessage {
  const { tool_calls, tool_call_id, role } = message as unknown as Record<string, unknown>;
  const calls = Array.isArray(tool_calls) && tool_calls.length > 0 ? tool_calls.map(toToolCall) : null;
  const type = message.getType();
  return {
    role: ROLES[type] ?? (type === "generic" && typeof role === "string" ? role : type),
    content: toContent(message.content, calls !== null),
    tool_calls: calls,
    refusal: message.additional_kwargs?.refusal ?? null,
    tool_call_id: typeof tool_call_id === "string" ? tool_call_id : null,
  };
}

/** `message` with its fields as LangChain's Python version writes them. */
export function toMessageFields(message: BaseMessage): Record<string, unknown> {
  const { content, additional_kwargs, response_metadata, name, id } = message;
  const type = message.getType();
  return {
    content,
    additional_kwargs,
    response_metadata,
    type,
    name: name ?? null,
    id: id ?? null,
    ...fieldsOf(type, message as unknown as Record<string, unknown>),
  };
}

function fieldsOf(type: string, message: Record<string, unknown>): Record<string, unknown> {
  const { tool_calls = [], invalid_tool_calls = [], usage_metadata = null } = message;
  if (type === "ai") return { tool_calls, invalid_tool_calls, usage_metadata };
  const { tool_call_id, artifact = null, status = "success" } = message;
  return type === "tool" ? { tool_call_id, artifact, status } : {};
}

function toToolCall(call: { id?: string; name?: string; args?: unknown }): ChatToolCall {
  const args = typeof call.args === "string" ? call.args : JSON.stringify(call.args ?? {});
  return { id: call.id ?? "", type: "function", function: { name: call.name ?? "", arguments: args } };
}

/** Tool calls are a field of their own, so their blocks are left out; a message of nothing else has no content. */
function toContent(content: unknown, hasToolCalls: boolean): unknown {
  if (!Array.isArray(content)) return content === "" && hasToolCalls ? null : content;
  const blocks = content.filter((block) => !["tool_use", "tool_call"].includes(String(asRecord(block).type)));
  return blocks.length === 0 && hasToolCalls ? null : blocks.map(toContentPart);
}

/** LangChain's own form of an image becomes OpenAI's; other parts are as they are. */
function toContentPart(block: unknown): unknown {
  const { type, url, data, mimeType = "image/png" } = asRecord(block);
  if (type !== "image") return block;
  const source =
    typeof url === "string" ? url : typeof data === "string" ? `data:${mimeType};base64,${data}` : undefined;
  return source === undefined ? block : { type: "image_url", image_url: { url: source } };
}
