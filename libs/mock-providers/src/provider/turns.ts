import type { Conversation, ToolResult } from "../model/conversation";

/** One message of a conversation, whatever the provider calls its parts. */
export interface Turn {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly text: string;
  readonly pictures?: number;
  /** Calls that the assistant made. */
  readonly calls?: readonly TurnCall[];
  /** Of a tool's turn: the call that it answers. */
  readonly callId?: string;
  readonly isError?: boolean;
}

export interface TurnCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

type Offer = Omit<Conversation, "system" | "userText" | "turn" | "toolResults" | "pictures">;

/** The conversation that some turns make, with what the request offers beside them. */
export function toConversation(turns: readonly Turn[], offer: Offer): Conversation {
  const lastText = turns.findLastIndex(({ role, text }) => role === "user" && text !== "");
  const system = turns.filter(({ role }) => role === "system").map(({ text }) => text);
  return {
    ...offer,
    system: system.filter(Boolean).join("\n"),
    userText: turns[lastText]?.text ?? "",
    turn: 1 + countAnswers(turns),
    toolResults: collectResults(turns, Math.max(0, lastText)),
    pictures: turns.slice(Math.max(0, lastText)).reduce((sum, { pictures = 0 }) => sum + pictures, 0),
  };
}

/** Neighbouring turns of the assistant are one answer: some providers send its text and its calls apart. */
function countAnswers(turns: readonly Turn[]): number {
  return turns.filter(({ role }, index) => role === "assistant" && turns[index - 1]?.role !== "assistant").length;
}

function collectResults(turns: readonly Turn[], from: number): ToolResult[] {
  const calls = new Map(turns.flatMap(({ calls = [] }) => calls).map((call) => [call.id, call]));
  return turns
    .slice(from)
    .filter(({ role }) => role === "tool")
    .map(({ callId, text, isError = false }) => {
      const call = calls.get(callId ?? "");
      return { name: call?.name ?? "tool", input: call?.input ?? {}, text, isError };
    });
}

/** Arguments as a model wrote them; what is not a JSON object counts as none. */
export function readArguments(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
