import { asArray, asRecord, asText, decodeValue, isRecord, type JsonRecord } from "../model/json-value";
import type { MessagePart } from "./chat-message";

/** Reads a message's content: a text, a list of parts, or one part. Nothing is dropped: an unknown part is shown as JSON. */
export function readContent(content: unknown): MessagePart[] {
  if (content === null || content === undefined || content === "") return [];
  if (typeof content === "string") return [{ kind: "text", text: content }];
  return Array.isArray(content) ? content.flatMap(readPart) : readPart(content);
}

function readPart(value: unknown): MessagePart[] {
  if (typeof value === "string") return [{ kind: "text", text: value }];
  if (!isRecord(value)) return [{ kind: "json", value }];
  for (const read of READERS) {
    const part = read(value);
    if (part) return [part];
  }
  return [{ kind: "json", value }];
}

type PartReader = (part: JsonRecord) => MessagePart | null;

/** In order: the first that knows a part wins. */
const READERS: readonly PartReader[] = [readToolCall, readToolResult, readMedia, readThinking, readText];

function readText(part: JsonRecord): MessagePart | null {
  const text = part.text ?? part.refusal;
  if (typeof text !== "string") return null;
  return { kind: part.thought === true ? "thinking" : "text", text };
}

/** Anthropic `thinking`, Bedrock `reasoningContent`, OpenAI `reasoning` with its summaries. */
function readThinking(part: JsonRecord): MessagePart | null {
  if (part.type === "redacted_thinking") return { kind: "thinking", text: "(redacted by the provider)" };
  const nested = asRecord(asRecord(part.reasoningContent).reasoningText).text;
  const text = part.type === "thinking" ? part.thinking : nested;
  if (typeof text === "string") return { kind: "thinking", text };
  if (part.type !== "reasoning") return null;
  const summaries = asArray(part.summary).map((summary) => asText(asRecord(summary).text));
  return {
    kind: "thinking",
    text: asText(part.text) || summaries.filter(Boolean).join("\n\n") || "(not shown by the provider)",
  };
}

/** Anthropic `tool_use`, OpenAI `tool_calls` and `function_call`, Gemini `function_call`, Bedrock `toolUse`, Vercel `tool-call`. */
export function readToolCall(part: JsonRecord): MessagePart | null {
  const call = innerCall(part);
  if (!call) return null;
  const input = call.input ?? call.args ?? call.arguments;
  return {
    kind: "tool-call",
    name: asText(call.name) || asText(call.toolName) || "tool",
    id: asText(part.call_id) || asText(part.id) || asText(call.id) || asText(call.toolUseId) || asText(call.toolCallId),
    input: decodeValue(input),
  };
}

const CALL_TYPES = new Set([
  "tool_use",
  "server_tool_use",
  "function_call",
  "tool-call",
  "tool_call",
  "mcp_call",
  "custom_tool_call",
]);

function innerCall(part: JsonRecord): JsonRecord | null {
  for (const inner of [part.toolUse, part.function_call, part.functionCall]) if (isRecord(inner)) return inner;
  if (isRecord(part.function) && "arguments" in part.function) return part.function;
  if (CALL_TYPES.has(asText(part.type))) return part;
  return part.type === undefined && "name" in part && ("args" in part || "arguments" in part) ? part : null;
}

/** Anthropic `tool_result`, OpenAI `function_call_output`, Gemini `function_response`, Bedrock `toolResult`, Vercel `tool-result`. */
export function readToolResult(part: JsonRecord): MessagePart | null {
  const result = innerResult(part);
  if (!result) return null;
  return {
    kind: "tool-result",
    name: asText(result.name) || asText(result.toolName),
    id:
      asText(result.tool_use_id) ||
      asText(result.call_id) ||
      asText(result.toolUseId) ||
      asText(result.toolCallId) ||
      asText(result.id),
    output: simplifyOutput(result.content ?? result.output ?? result.result ?? result.response),
    failed: result.is_error === true || result.isError === true || result.status === "error",
  };
}

const RESULT_TYPES = new Set(["tool_result", "function_call_output", "tool-result", "custom_tool_call_output"]);

function innerResult(part: JsonRecord): JsonRecord | null {
  for (const inner of [part.toolResult, part.function_response, part.functionResponse])
    if (isRecord(inner)) return inner;
  return RESULT_TYPES.has(asText(part.type)) ? part : null;
}

/** One text block says no more than its text. */
function simplifyOutput(output: unknown): unknown {
  if (typeof output === "string") return decodeValue(output);
  const only = Array.isArray(output) && output.length === 1 ? asRecord(output[0]) : {};
  if (typeof only.text === "string") return decodeValue(only.text);
  return "json" in only ? only.json : output;
}

/** Pictures, sound and files are named, never loaded. */
function readMedia(part: JsonRecord): MessagePart | null {
  const source = asRecord(
    part.source ?? part.image_url ?? part.inline_data ?? part.inlineData ?? part.input_audio ?? part.file,
  );
  const type = asText(part.type);
  const isMedia =
    /^(input_)?(image|audio|file|document)(_url)?$/.test(type) ||
    isRecord(part.inline_data) ||
    isRecord(part.inlineData);
  if (!isMedia) return null;
  const url =
    asText(source.url) ||
    asText(part.image_url) ||
    asText(source.data) ||
    asText(source.file_data) ||
    asText(part.image);
  const mediaType =
    asText(source.media_type) || asText(source.mime_type) || asText(source.mimeType) || asText(source.format);
  return { kind: "media", label: mediaType || type.replace(/^input_|_url$/g, "") || "file", source: url };
}
