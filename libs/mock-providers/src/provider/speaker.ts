import { answer } from "../model/answer";
import type { Conversation, ToolCall } from "../model/conversation";
import { reasoningText } from "../model/reasoning";
import type { ScriptReply } from "../script/schema";
import { readScript, ScriptPlayer } from "../script/script";

/** What is said, before a provider puts it into its format. */
export interface Speech {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Said instead of everything else. */
  readonly refusal?: string | undefined;
  /** Reasoning, if the request lets the model reason. A scripted reply without any has none. */
  readonly thinking?: string | undefined;
  readonly stopReason?: string | undefined;
  readonly usage?: ScriptReply["usage"];
  /** Simulated milliseconds for the whole answer. */
  readonly latencyMs?: number | undefined;
}

export type ScriptedError = NonNullable<ScriptReply["error"]> & { readonly latencyMs?: number | undefined };

/** Speaks for a mocked provider: the rules of its script first, then the small deterministic model. */
export class Speaker {
  /** What is wrong with the script, in one line. A provider then refuses every call. */
  readonly problem: string | undefined;
  readonly #script: ScriptPlayer;

  constructor(script: unknown) {
    const read = readScript(script);
    this.problem = read.problem;
    this.#script = new ScriptPlayer(read.problem === undefined ? read.script : []);
  }

  /** `reasons`: whether the request lets the model reason. */
  speak(conversation: Conversation, reasons: boolean): { speech: Speech } | { error: ScriptedError } {
    const scripted = this.#script.next(conversation);
    if (scripted?.error) return { error: { ...scripted.error, latencyMs: scripted.latencyMs } };
    return { speech: scripted ? scriptedSpeech(scripted, reasons) : modelSpeech(conversation, reasons) };
  }
}

function scriptedSpeech(
  { text = "", toolCalls = [], thinking, error: _, ...rest }: ScriptReply,
  reasons: boolean,
): Speech {
  return { ...rest, text, toolCalls, ...(reasons && thinking !== undefined ? { thinking } : {}) };
}

/** The models of these providers call tools without a word. */
function modelSpeech(conversation: Conversation, reasons: boolean): Speech {
  const { text, toolCalls } = answer(conversation);
  const thinking = reasons ? { thinking: reasoningText(conversation.userText) } : {};
  return { text: toolCalls.length > 0 ? "" : text, toolCalls, ...thinking };
}
