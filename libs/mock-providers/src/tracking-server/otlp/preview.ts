import { cut } from "../trace-info";
import type { AnyMap, AnyValue } from "./any-value";
import { parseTyped } from "./typed-json";

const LONGEST_PREVIEW = 1000;

/** The preview of what a trace took: the last message of the user, where there are messages, else the JSON. */
export function requestPreview(json: string): string {
  const request = asMap(parse(json));
  const nested = asMap(request?.get("request"));
  return shorten(chatText(messagesOf(request) ?? messagesOf(nested), "user") ?? json);
}

/** The preview of what a trace gave: the message of the assistant, where there is one, else the JSON. */
export function responsePreview(json: string): string {
  const response = asMap(parse(json));
  const choice = asMap(asList(response?.get("choices"))?.[0]);
  const messages = choice ? [choice.get("message") ?? null] : (asList(response?.get("output")) ?? messagesOf(response));
  return shorten(chatText(messages, "assistant") ?? json);
}

function parse(json: string): AnyValue {
  return json.trimStart().startsWith("{") ? parseTyped(json) : null;
}

function messagesOf(value: AnyMap | undefined): readonly AnyValue[] | undefined {
  return asList(value?.get("messages")) ?? asList(value?.get("input"));
}

/** The text of the last message of a role, or of the last one where none has the role. */
function chatText(messages: readonly AnyValue[] | undefined, role: string): string | undefined {
  const maps = (messages ?? []).flatMap((message) => asMap(message) ?? []);
  const message = maps.findLast((candidate) => candidate.get("role") === role) ?? maps.at(-1);
  return contentText(message?.get("content")) || undefined;
}

/** A content is a text, or parts of which the first with a text counts. */
function contentText(content: AnyValue | undefined): string | undefined {
  if (typeof content === "string") return content;
  const texts = asList(content)?.map((part) => asMap(part)?.get("text"));
  return texts?.find((text) => typeof text === "string") as string | undefined;
}

function asMap(value: AnyValue | undefined): AnyMap | undefined {
  return value instanceof Map ? value : undefined;
}

function asList(value: AnyValue | undefined): readonly AnyValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function shorten(text: string): string {
  const kept = cut(text, LONGEST_PREVIEW);
  return kept === text ? text : `${cut(text, LONGEST_PREVIEW - 3)}...`;
}
