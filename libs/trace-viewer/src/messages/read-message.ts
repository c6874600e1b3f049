import { asArray, asRecord, asText, isRecord, type JsonRecord } from "../model/json-value";
import type { ChatMessage, MessagePart } from "./chat-message";
import { readContent, readToolCall, readToolResult } from "./read-part";

const LANGCHAIN_ROLES: Readonly<Record<string, string>> = {
  human: "user",
  ai: "assistant",
  AIMessageChunk: "assistant",
  system: "system",
  tool: "tool",
};

/** Reads one message; `null` when it does not look like one. */
export function readMessage(value: unknown): ChatMessage | null {
  if (Array.isArray(value)) return readPair(value);
  if (!isRecord(value)) return null;
  const loose = readLooseItem(value);
  if (loose) return loose;
  const role = roleOf(value);
  if (role === "" || !hasBody(value)) return null;
  return { role, name: asText(value.name), parts: readBody(value, role) };
}

/** LangChain's `["user", "text"]`. */
function readPair(value: readonly unknown[]): ChatMessage | null {
  const [role, content] = value;
  if (value.length !== 2 || typeof role !== "string" || typeof content !== "string") return null;
  return { role: LANGCHAIN_ROLES[role] ?? role, name: "", parts: readContent(content) };
}

/** Calls and results that stand for themselves in the Responses API. */
function readLooseItem(value: JsonRecord): ChatMessage | null {
  if ("role" in value || typeof value.type !== "string") return null;
  if (value.type === "reasoning") return { role: "assistant", name: "", parts: readContent(value) };
  if (value.type.endsWith("_call")) {
    return { role: "assistant", name: "", parts: [readToolCall(value) ?? { kind: "json", value }] };
  }
  if (!value.type.endsWith("_output")) return null;
  return { role: "tool", name: "", parts: [readToolResult(value) ?? { kind: "json", value }] };
}

function roleOf(value: JsonRecord): string {
  if (typeof value.role === "string") return value.role;
  const type = asText(value.type);
  return (Object.hasOwn(LANGCHAIN_ROLES, type) ? LANGCHAIN_ROLES[type] : undefined) ?? "";
}

const BODY_KEYS = ["content", "parts", "blocks", "tool_calls", "tool_responses", "refusal", "function_call"];

function hasBody(value: JsonRecord): boolean {
  return BODY_KEYS.some((key) => key in value);
}

function readBody(value: JsonRecord, role: string): MessagePart[] {
  const responses = asArray(value.tool_responses);
  if (responses.length > 0) return responses.map((response) => toolAnswer(asRecord(response)));
  if (role === "tool" && !Array.isArray(value.parts) && !holdsResults(value.content)) return [toolAnswer(value)];
  const parts = readContent(value.content ?? value.parts ?? value.blocks);
  const calls = [
    ...asArray(value.tool_calls),
    ...(isRecord(value.function_call) ? [{ function: value.function_call }] : []),
  ];
  const refusal = typeof value.refusal === "string" ? readContent(value.refusal) : [];
  return [
    ...parts,
    ...refusal,
    ...calls.map((call) => readToolCall(asRecord(call)) ?? { kind: "json" as const, value: call }),
  ];
}

function holdsResults(content: unknown): boolean {
  return asArray(content).some((part) => isRecord(part) && readToolResult(part) !== null);
}

function toolAnswer(value: JsonRecord): MessagePart {
  const result = readToolResult({
    type: "tool_result",
    content: value.content,
    name: value.name,
    status: value.status,
  });
  const id = asText(value.tool_call_id);
  return result?.kind === "tool-result" ? { ...result, id } : { kind: "json", value };
}
