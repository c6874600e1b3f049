import { countTokens } from "../model/tokens";
import type { ScriptReply } from "../script/schema";
import { textOf } from "./conversation";
import { blocksOf } from "./rules";
import type { Block, CountTokensRequest } from "./schema";

/** Token counts in the API's shape. */
export interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly output_tokens: number;
  readonly service_tier: "standard";
}

/** Tokens around each message and around the whole prompt. */
const PER_MESSAGE = 3;
const PER_REQUEST = 4;
/** The prompt that the API adds when tools are offered, and a picture of unknown size. */
const TOOL_PROMPT = 250;
const PER_IMAGE = 765;

/** Tokens of a request: its texts by the rule of `countTokens`, tools and other blocks as JSON, images at a flat rate. */
export function countInputTokens(request: CountTokensRequest): number {
  const tools = request.tools ?? [];
  const messages = request.messages.map(({ content }) => PER_MESSAGE + sum(blocksOf(content).map(countBlock)));
  const toolTokens = tools.length > 0 ? TOOL_PROMPT + countTokens(JSON.stringify(tools)) : 0;
  return PER_REQUEST + countTokens(textOf(request.system)) + sum(messages) + toolTokens;
}

function countBlock(block: Block): number {
  if (block.type === "text") return countTokens(block.text ?? "");
  if (block.type === "image") return PER_IMAGE;
  if (block.type === "tool_result") return PER_MESSAGE + sum(blocksOf(block.content).map(countBlock));
  return countTokens(JSON.stringify(block));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** The usage of an answer, with what the script overrides. */
export function createUsage(inputTokens: number, outputTokens: number, overrides: ScriptReply["usage"] = {}): Usage {
  const created = overrides.cache_creation_input_tokens ?? 0;
  return {
    input_tokens: overrides.input_tokens ?? inputTokens,
    cache_creation_input_tokens: created,
    cache_read_input_tokens: overrides.cache_read_input_tokens ?? 0,
    cache_creation: { ephemeral_5m_input_tokens: created, ephemeral_1h_input_tokens: 0 },
    output_tokens: overrides.output_tokens ?? outputTokens,
    service_tier: "standard",
  };
}
