import type { Conversation } from "../model/conversation";
import { limitText } from "../model/limit-text";
import { countTokens } from "../model/tokens";
import { ERROR_MS } from "../provider/pace";
import type { ScriptedError, Speech } from "../provider/speaker";
import type { Call } from "./call";
import { ApiError } from "./error";
import { reasoningTokens } from "./usage";

/** A call of a function in an answer. `input` is JSON text, as the API sends it. */
export interface SpokenCall {
  readonly name: string;
  readonly input: string;
}

/** An answer as far as the limits of the request let it go. */
export interface Spoken {
  readonly text: string;
  readonly refusal: string | undefined;
  readonly calls: readonly SpokenCall[];
  readonly end: "stop" | "length" | "tool_calls";
  readonly thinking: string | undefined;
  readonly reasoningTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
}

export interface Limits {
  readonly stops: readonly string[];
  /** Tokens, reasoning included. */
  readonly most: number;
}

/** A scripted error that breaks the call off. It keeps the latency that the script gives it. */
export class ScriptedFailure extends ApiError {
  readonly delayMs: number;

  constructor({ latencyMs = ERROR_MS, ...error }: ScriptedError) {
    super({ ...error, param: error.param ?? null, code: error.code ?? null });
    this.delayMs = latencyMs;
  }
}

/** What the script or the small model says; throws what the script wants to fail with. */
export function speak(call: Call, conversation: Conversation, reasoning: boolean): Speech {
  const said = call.state.speaker.speak(conversation, reasoning);
  if ("error" in said) throw new ScriptedFailure(said.error);
  return said.speech;
}

/** Cuts what is said to the limits: reasoning first, then text, then whole calls. */
export function limitSpeech(speech: Speech, { stops, most }: Limits): Spoken {
  const reasoning = Math.min(reasoningTokens(speech.thinking), most);
  const limited = limitText(speech.refusal ?? speech.text, speech.refusal === undefined ? stops : [], most - reasoning);
  const base = {
    text: speech.refusal === undefined ? limited.text : "",
    refusal: speech.refusal === undefined ? undefined : limited.text,
    thinking: speech.thinking,
    reasoningTokens: reasoning,
  };
  const upToText = reasoning + limited.tokens;
  if (limited.end === "length") return { ...base, calls: [], end: "length", outputTokens: upToText };
  if (limited.end === "stop" || speech.refusal !== undefined) {
    return { ...base, calls: [], end: "stop", outputTokens: Math.max(1, upToText) };
  }
  return { ...base, ...limitCalls(speech, upToText, most) };
}

function limitCalls({ toolCalls }: Speech, used: number, most: number): Pick<Spoken, "calls" | "end" | "outputTokens"> {
  const calls: SpokenCall[] = [];
  let outputTokens = used;
  for (const { name, input } of toolCalls) {
    const call = { name, input: JSON.stringify(input) };
    const tokens = countTokens(call.name) + countTokens(call.input);
    if (outputTokens + tokens > most) return { calls, end: "length", outputTokens };
    outputTokens += tokens;
    calls.push(call);
  }
  return { calls, end: calls.length > 0 ? "tool_calls" : "stop", outputTokens: Math.max(1, outputTokens) };
}
