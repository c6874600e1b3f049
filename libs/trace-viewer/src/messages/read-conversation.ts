import { asArray, asRecord, isRecord, type JsonRecord } from "../model/json-value";
import type { ChatMessage, Conversation } from "./chat-message";
import { readMessage } from "./read-message";
import { readContent } from "./read-part";

/**
 * Finds the conversation in a span's inputs or outputs: the request and response shapes of Anthropic, OpenAI (chat
 * completions and responses), Gemini, Bedrock, LangChain and the Vercel AI SDK.
 *
 * @returns `null` when the value is no conversation; it is then shown as it is
 */
export function readConversation(value: unknown): Conversation | null {
  if (Array.isArray(value)) return fromList(value, {});
  if (!isRecord(value)) return null;
  for (const read of SHAPES) {
    const conversation = read(value);
    if (conversation) return conversation;
  }
  return null;
}

type Shape = (value: JsonRecord) => Conversation | null;

/** In order: the first that fits wins. */
const SHAPES: readonly Shape[] = [
  fromMessages,
  fromChoices,
  fromGemini,
  fromCandidates,
  fromResponses,
  fromResponseOutput,
  fromNested,
  fromSelf,
];

/** Every item must be a message, or none is: a half-read conversation would hide something. */
function readAll(items: readonly unknown[]): ChatMessage[] | null {
  const messages = items.map(readMessage);
  return items.length > 0 && messages.every((message) => message !== null) ? messages : null;
}

function fromList(
  items: readonly unknown[],
  rest: JsonRecord,
  before: readonly ChatMessage[] = [],
): Conversation | null {
  const messages = readAll(items);
  return messages ? { messages: [...before, ...messages], rest } : null;
}

function fromMessages(value: JsonRecord): Conversation | null {
  const { messages, system, ...rest } = value;
  const list = Array.isArray(messages) ? messages : asArray(value.chat_history);
  const { chat_history, ...others } = rest;
  return fromList(list, Array.isArray(messages) ? rest : others, systemMessage(system));
}

function systemMessage(content: unknown): ChatMessage[] {
  const parts = readContent(content);
  return parts.length > 0 ? [{ role: "system", name: "", parts }] : [];
}

function fromChoices(value: JsonRecord): Conversation | null {
  const { choices, ...rest } = value;
  return fromList(
    asArray(choices).map((choice) => asRecord(choice).message),
    rest,
  );
}

function fromGemini(value: JsonRecord): Conversation | null {
  const { contents, config, ...rest } = value;
  const settings = asRecord(config);
  const { system_instruction, systemInstruction, ...others } = settings;
  const list = typeof contents === "string" ? [{ role: "user", content: contents }] : asArray(contents);
  const instruction = asRecord(system_instruction ?? systemInstruction);
  const before = systemMessage(instruction.parts ?? system_instruction ?? systemInstruction);
  return fromList(
    list.map(withDefaultRole),
    Object.keys(others).length > 0 ? { ...rest, config: others } : rest,
    before,
  );
}

function withDefaultRole(content: unknown): unknown {
  if (typeof content === "string") return { role: "user", content };
  return isRecord(content) && Array.isArray(content.parts) && !content.role ? { ...content, role: "user" } : content;
}

function fromCandidates(value: JsonRecord): Conversation | null {
  const { candidates, ...rest } = value;
  return fromList(
    asArray(candidates).map((candidate) => asRecord(candidate).content),
    rest,
  );
}

/** The request of the Responses API. */
function fromResponses(value: JsonRecord): Conversation | null {
  const { input, instructions, ...rest } = value;
  if (!("model" in value)) return null;
  const list = typeof input === "string" ? [{ role: "user", content: input }] : asArray(input);
  return fromList(list, rest, systemMessage(instructions));
}

function fromResponseOutput(value: JsonRecord): Conversation | null {
  const { output, ...rest } = value;
  const nested = asRecord(output).message;
  return fromList(nested === undefined ? asArray(output) : [nested], rest);
}

/** A message in an envelope, e.g. `{"message": {"role", "content"}, "sender"}`. */
function fromNested(value: JsonRecord): Conversation | null {
  const { message, ...rest } = value;
  return isRecord(message) ? fromList([message], rest) : null;
}

/** The value is one message, with the response's own fields around it. */
function fromSelf(value: JsonRecord): Conversation | null {
  const message = readMessage(value);
  if (!message) return null;
  const { role, content, parts, blocks, tool_calls, tool_responses, refusal, function_call, name, ...rest } = value;
  return { messages: [message], rest };
}
