import * as v from "valibot";
import type { Conversation } from "../model/conversation";
import { type Script, type ScriptReply, ScriptSchema } from "./schema";

/** Reads a script of unknown origin. `problem` is one line that names the place, e.g. `0.reply.text: …`. */
export function readScript(script: unknown): { script: Script; problem?: undefined } | { problem: string } {
  const result = v.safeParse(ScriptSchema, script ?? []);
  if (result.success) return { script: result.output };
  const [issue] = result.issues;
  return { problem: `${v.getDotPath(issue) ?? "script"}: ${issue.message}` };
}

/** Picks replies from a script and counts how often each rule has been used. */
export class ScriptPlayer {
  readonly #rules: { rule: Script[number]; used: number }[];

  constructor(script: Script) {
    this.#rules = script.map((rule) => ({ rule, used: 0 }));
  }

  /** The reply of the first rule that matches, its placeholders filled in; `undefined` when none does. */
  next(conversation: Conversation): ScriptReply | undefined {
    const entry = this.#rules.find(({ rule, used }) => used < (rule.times ?? Infinity) && matches(rule, conversation));
    if (!entry) return undefined;
    entry.used++;
    return fillPlaceholders(entry.rule.reply, conversation);
  }
}

function matches({ when = {} }: Script[number], conversation: Conversation): boolean {
  return (
    (when.lastUserText === undefined || conversation.userText.includes(when.lastUserText)) &&
    (when.system === undefined || conversation.system.includes(when.system)) &&
    (when.hasToolResult === undefined || when.hasToolResult === conversation.toolResults.length > 0) &&
    (when.model === undefined || when.model === conversation.model) &&
    (when.turn === undefined || when.turn === conversation.turn)
  );
}

function fillPlaceholders(reply: ScriptReply, conversation: Conversation): ScriptReply {
  const values: Record<string, string> = {
    toolResult: conversation.toolResults.at(-1)?.text ?? "",
    lastUserText: conversation.userText,
  };
  const fill = (text: string): string =>
    text.replace(/\{\{(toolResult|lastUserText)\}\}/g, (_match, name: string) => values[name] ?? "");
  const { text, thinking } = reply;
  return {
    ...reply,
    ...(text === undefined ? {} : { text: fill(text) }),
    ...(thinking === undefined ? {} : { thinking: fill(thinking) }),
  };
}
