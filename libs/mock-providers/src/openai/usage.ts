import { countTokens } from "../model/tokens";
import type { ScriptReply } from "../script/schema";
import { badRequest } from "./error";

/** Token counts of one answer, before an endpoint names them. */
export interface TokenCounts {
  readonly input: number;
  readonly cached: number;
  /** Reasoning included. */
  readonly output: number;
  readonly reasoning: number;
}

/** Tokens around each message and in front of the answer; a picture in detail and at a glance. */
export const PER_MESSAGE = 3;
export const PER_REQUEST = 3;
const PER_PICTURE = { low: 85, other: 765 } as const;
/** Reasoning is billed in steps of this many tokens. */
const REASONING_STEP = 64;

export function pictureTokens(detail: string | null | undefined): number {
  return detail === "low" ? PER_PICTURE.low : PER_PICTURE.other;
}

/** Tokens of tools as offered. */
export function toolTokens(tools: readonly unknown[] | null | undefined): number {
  return tools && tools.length > 0 ? countTokens(JSON.stringify(tools)) : 0;
}

/** Billed tokens of a reasoning text; no text costs nothing. */
export function reasoningTokens(thinking: string | undefined): number {
  return thinking === undefined ? 0 : Math.ceil(countTokens(thinking) / REASONING_STEP) * REASONING_STEP;
}

/** The counts with what a script overrides. */
export function overrideCounts(counts: TokenCounts, overrides: ScriptReply["usage"] = {}): TokenCounts {
  return {
    input: overrides.input_tokens ?? counts.input,
    cached: overrides.cache_read_input_tokens ?? counts.cached,
    output: overrides.output_tokens ?? counts.output,
    reasoning: overrides.reasoning_tokens ?? counts.reasoning,
  };
}

/** Throws the refusal of a prompt that is longer than the model's context. */
export function checkContext(tokens: number, context: number, param: string): void {
  if (tokens <= context) return;
  const message = `This model's maximum context length is ${context} tokens. However, your ${param} resulted in ${tokens} tokens. Please reduce the length of the ${param}.`;
  throw badRequest(message, param, "context_length_exceeded");
}
