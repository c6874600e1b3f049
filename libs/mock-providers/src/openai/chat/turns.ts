import { readArguments, type Turn } from "../../provider/turns";
import type { ChatRequest, Message, Part } from "./schema";

const ROLES = {
  system: "system",
  developer: "system",
  user: "user",
  assistant: "assistant",
  tool: "tool",
  function: "tool",
} as const;

/** The messages of a request in provider-neutral terms. */
export function toTurns({ messages }: Pick<ChatRequest, "messages">): Turn[] {
  return messages.map((message) => ({
    role: ROLES[message.role],
    text: textOf(message.content),
    pictures: partsOf(message.content).filter(({ type }) => type === "image_url").length,
    calls: toCalls(message),
    ...(message.tool_call_id === undefined ? {} : { callId: message.tool_call_id }),
    isError: message.role === "tool" && looksLikeError(textOf(message.content)),
  }));
}

function toCalls({ tool_calls: calls }: Message): NonNullable<Turn["calls"]> {
  return (calls ?? []).map(({ id, function: called }) => ({
    id,
    name: called?.name ?? "tool",
    input: readArguments(called?.arguments ?? ""),
  }));
}

/** The API has no flag for a tool that failed; programs say so in words. */
export function looksLikeError(text: string): boolean {
  return /^\s*(?:error|exception)\b/i.test(text);
}

/** A content as parts; a text is one part. */
export function partsOf(content: Message["content"]): readonly Part[] {
  if (content == null) return [];
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** The texts of a content, one per line. */
export function textOf(content: Message["content"]): string {
  return partsOf(content)
    .filter(({ type }) => type === "text")
    .map(({ text }) => text ?? "")
    .join("\n");
}
