import type { ModelAnswer } from "../model/conversation";
import { createId } from "../model/hash";
import { countTokens, tokenize } from "../model/tokens";
import type { MessagesRequest } from "./schema";
import type { Usage } from "./usage";

export type ContentBlock =
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: Readonly<Record<string, unknown>>;
    };

/** An answer in the API's shape. */
export interface ApiMessage {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly ContentBlock[];
  readonly stop_reason: string | null;
  readonly stop_sequence: string | null;
  readonly usage: Usage;
}

/** The content of an answer and why it ends there. */
export type Draft = Pick<ApiMessage, "content" | "stop_reason" | "stop_sequence">;

/** Puts an answer into blocks, cut where `stop_sequences` or `max_tokens` end it. Ids depend on `seed`. */
export function draftMessage(
  answer: ModelAnswer & { thinking?: string | undefined },
  request: MessagesRequest,
  seed: string,
): Draft {
  const content: ContentBlock[] = [];
  let room = request.max_tokens;
  const end = (stop_reason: string, stop_sequence: string | null = null): Draft => ({
    content,
    stop_reason,
    stop_sequence,
  });
  if (answer.thinking !== undefined) {
    const thinking = tokenize(answer.thinking).slice(0, room).join("");
    room -= countTokens(thinking);
    content.push({ type: "thinking", thinking, signature: createId(`${seed}:signature`, 40) });
  }
  const stopped = cutAtSequence(answer.text, request.stop_sequences ?? []);
  const tokens = tokenize(stopped.text);
  const text = tokens.slice(0, Math.max(0, room)).join("");
  if (text !== "") content.push({ type: "text", text });
  if (tokens.length > room) return end("max_tokens");
  if (stopped.sequence !== null) return end("stop_sequence", stopped.sequence);
  room -= tokens.length;
  for (const [index, { name, input }] of answer.toolCalls.entries()) {
    room -= countTokens(JSON.stringify({ name, input }));
    if (room < 0) return end("max_tokens");
    content.push({ type: "tool_use", id: `toolu_01${createId(`${seed}:tool:${index}`, 22)}`, name, input });
  }
  return end(answer.toolCalls.length > 0 ? "tool_use" : "end_turn");
}

/** Cuts before the stop sequence that comes first; of two at one place the one listed first. */
function cutAtSequence(text: string, sequences: readonly string[]): { text: string; sequence: string | null } {
  let at = text.length;
  let found: string | null = null;
  for (const sequence of sequences) {
    const index = sequence === "" ? -1 : text.indexOf(sequence);
    if (index >= 0 && index < at) [at, found] = [index, sequence];
  }
  return { text: text.slice(0, at), sequence: found };
}

/** Output tokens of a content, by the rule of `countTokens`. At least 1, as the API never says 0. */
export function countOutputTokens(content: readonly ContentBlock[]): number {
  const counts = content.map((block) => {
    if (block.type === "text") return countTokens(block.text);
    if (block.type === "thinking") return countTokens(block.thinking);
    return countTokens(JSON.stringify({ name: block.name, input: block.input }));
  });
  return Math.max(
    1,
    counts.reduce((total, count) => total + count, 0),
  );
}
