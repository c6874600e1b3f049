import { limitText } from "../model/limit-text";
import { countTokens, tokenize } from "../model/tokens";
import type { Speech } from "../provider/speaker";
import type { Call } from "./call";

export type AnswerPart =
  | { readonly text: string; readonly thought?: true }
  | {
      readonly functionCall: { readonly name: string; readonly args: Readonly<Record<string, unknown>> };
      readonly thoughtSignature?: string;
    };

/** An answer as far as the limits of the request let it go. */
export interface Draft {
  readonly parts: readonly AnswerPart[];
  readonly finishReason: string;
  readonly candidateTokens: number;
  readonly thoughtTokens: number;
}

export interface Limits {
  readonly stops: readonly string[];
  /** Tokens, thoughts included. */
  readonly most: number;
  /** Whether thoughts are shown, or only counted. */
  readonly showThoughts: boolean;
}

/** Puts what is said into parts, cut to the limits: thoughts first, then text, then whole calls. */
export function draftCandidate(call: Call, speech: Speech, { stops, most, showThoughts }: Limits): Draft {
  const thought = tokenize(speech.thinking ?? "").slice(0, most);
  const said = limitText(speech.text, stops, most - thought.length);
  const parts: AnswerPart[] = [];
  if (thought.length > 0 && showThoughts) parts.push({ text: thought.join(""), thought: true });
  if (said.text !== "") parts.push({ text: said.text });
  const base = { thoughtTokens: thought.length, candidateTokens: said.tokens };
  if (said.end === "length") return { ...base, parts, finishReason: "MAX_TOKENS" };
  if (said.end === "stop") return { ...base, parts, finishReason: speech.stopReason ?? "STOP" };
  const calls = limitCalls(call, speech, most - thought.length - said.tokens);
  return {
    ...base,
    parts: [...parts, ...calls.parts],
    candidateTokens: said.tokens + calls.tokens,
    finishReason: speech.stopReason ?? (calls.whole ? "STOP" : "MAX_TOKENS"),
  };
}

interface LimitedCalls {
  readonly parts: readonly AnswerPart[];
  readonly tokens: number;
  readonly whole: boolean;
}

function limitCalls(call: Call, { toolCalls }: Speech, room: number): LimitedCalls {
  const parts: AnswerPart[] = [];
  let tokens = 0;
  for (const { name, input } of toolCalls) {
    const cost = countTokens(JSON.stringify({ name, input }));
    if (tokens + cost > room) return { parts, tokens, whole: false };
    tokens += cost;
    // Only the first of several calls is signed.
    const signature = parts.length === 0 ? { thoughtSignature: call.id("signature", 40) } : {};
    parts.push({ functionCall: { name, args: input }, ...signature });
  }
  return { parts, tokens, whole: true };
}
