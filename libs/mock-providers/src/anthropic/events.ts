import type { MockChunk } from "../contract";
import { createRandom, hashText } from "../model/hash";
import { countTokens, tokenize } from "../model/tokens";
import type { ApiMessage, ContentBlock } from "./message";

/** Simulated milliseconds until the first token and for each one. */
export interface Pace {
  readonly firstTokenMs: number;
  readonly perTokenMs: number;
}

type Delta = { readonly type: string; readonly [key: string]: string };

/** A message as server-sent events, one chunk per event, each as late as the tokens in it take. */
export function messageEvents(message: ApiMessage, pace: Pace): MockChunk[] {
  const { stop_reason, stop_sequence, usage } = message;
  const { cache_creation: _breakdown, service_tier: _tier, ...counts } = usage;
  const opening = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  };
  return [
    event("message_start", { message: opening }, pace.firstTokenMs),
    ...message.content.flatMap((block, index) => blockEvents(block, index, pace)),
    event("message_delta", { delta: { stop_reason, stop_sequence }, usage: counts }),
    event("message_stop", {}),
  ];
}

function event(type: string, data: object, delayMs = 0): MockChunk {
  return { data: `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`, delayMs };
}

function blockEvents(block: ContentBlock, index: number, { perTokenMs }: Pace): MockChunk[] {
  const deltas = blockDeltas(block).map(([delta, tokens]) =>
    event("content_block_delta", { index, delta }, Math.round(tokens * perTokenMs * 10) / 10),
  );
  const start = event("content_block_start", { index, content_block: emptied(block) });
  // The API pings once, early; clients must skip it.
  return [start, ...(index === 0 ? [event("ping", {})] : []), ...deltas, event("content_block_stop", { index })];
}

function emptied(block: ContentBlock): ContentBlock {
  if (block.type === "text") return { ...block, text: "" };
  if (block.type === "thinking") return { ...block, thinking: "", signature: "" };
  return { ...block, input: {} };
}

function blockDeltas(block: ContentBlock): (readonly [Delta, number])[] {
  if (block.type === "tool_use") return inputDeltas(block.input);
  if (block.type === "text") return pieces(block.text).map((text) => [{ type: "text_delta", text }, countTokens(text)]);
  const thoughts = pieces(block.thinking).map(
    (thinking) => [{ type: "thinking_delta", thinking }, countTokens(thinking)] as const,
  );
  return [...thoughts, [{ type: "signature_delta", signature: block.signature }, 0]];
}

/** The first piece is empty, as the API's is; the others are some tokens of the JSON text each. */
function inputDeltas(input: unknown): (readonly [Delta, number])[] {
  const json = JSON.stringify(input);
  return ["", ...group(tokenize(json), hashText(json), 4)].map((partial_json) => [
    { type: "input_json_delta", partial_json },
    countTokens(partial_json),
  ]);
}

/** One to four words each; white space goes with the word after it, as in the API. */
function pieces(text: string): string[] {
  return group(text.match(/\s*\S+|\s+$/g) ?? [], hashText(text), 4);
}

/** Joins neighbours into groups of 1 to `most`, by chance that depends on `seed` alone. */
function group(parts: readonly string[], seed: number, most: number): string[] {
  const random = createRandom(seed);
  const groups: string[] = [];
  for (let index = 0; index < parts.length; ) {
    const size = 1 + Math.floor(random() * most);
    groups.push(parts.slice(index, index + size).join(""));
    index += size;
  }
  return groups;
}
