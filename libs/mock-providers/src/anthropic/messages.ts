import type { MockReply } from "../contract";
import { answer } from "../model/answer";
import { callSpeed } from "../model/latency";
import type { ScriptReply } from "../script/schema";
import type { ScriptPlayer } from "../script/script";
import { toConversation } from "./conversation";
import { errorReply } from "./error";
import { messageEvents, type Pace } from "./events";
import { type ApiMessage, countOutputTokens, draftMessage } from "./message";
import type { MessagesRequest } from "./schema";
import type { ThreadStore } from "./threads";
import { countInputTokens, createUsage } from "./usage";

/** What one call needs besides its body. `seed` is the body's text and the number of the call. */
export interface CallContext {
  readonly script: ScriptPlayer;
  readonly threads: ThreadStore;
  readonly requestId: string;
  readonly messageId: string;
  readonly seed: string;
  readonly simulateLatency: boolean;
}

/** Milliseconds until an error of the script, unless that says otherwise. */
const ERROR_MS = 60;
/** Share of a scripted latency that passes before the first token. */
const FIRST_TOKEN_SHARE = 0.4;

/** Answers POST /v1/messages for a valid request, by the script or the small model. */
export function createMessage(request: MessagesRequest, context: CallContext): MockReply {
  const conversation = toConversation(request);
  const scripted = context.script.next(conversation);
  if (scripted?.error) {
    const delayMs = context.simulateLatency ? (scripted.latencyMs ?? ERROR_MS) : 0;
    return errorReply(scripted.error, context.requestId, delayMs);
  }
  const said = scripted ? { text: scripted.text ?? "", toolCalls: scripted.toolCalls ?? [] } : answer(conversation);
  const thinking = thinkingText(request, scripted, conversation.userText);
  const draft = draftMessage({ ...said, thinking }, request, context.seed);
  const message: ApiMessage = {
    id: context.messageId,
    type: "message",
    role: "assistant",
    model: request.model,
    ...draft,
    stop_reason: scripted?.stopReason ?? draft.stop_reason,
    usage: createUsage(countInputTokens(request), countOutputTokens(draft.content), scripted?.usage),
  };
  context.threads.keep(request, message.id, message.content);
  return reply(message, request.stream === true, pace(message, scripted, context), context.requestId);
}

function thinkingText(request: MessagesRequest, scripted: ScriptReply | undefined, prompt: string): string | undefined {
  if (request.thinking?.type !== "enabled" && request.thinking?.type !== "adaptive") return undefined;
  if (scripted) return scripted.thinking;
  return `The user wrote “${prompt.slice(0, 80)}”. I answer that briefly.`;
}

function pace(message: ApiMessage, scripted: ScriptReply | undefined, context: CallContext): Pace {
  if (!context.simulateLatency) return { firstTokenMs: 0, perTokenMs: 0 };
  if (scripted?.latencyMs === undefined) return callSpeed(message.model, context.seed);
  const firstTokenMs = scripted.latencyMs * FIRST_TOKEN_SHARE;
  return { firstTokenMs, perTokenMs: (scripted.latencyMs - firstTokenMs) / countOutputTokens(message.content) };
}

function reply(message: ApiMessage, stream: boolean, times: Pace, requestId: string): MockReply {
  const headers = {
    "content-type": stream ? "text/event-stream; charset=utf-8" : "application/json",
    "request-id": requestId,
  };
  if (stream) return { status: 200, headers, chunks: messageEvents(message, times) };
  const delayMs = Math.round(times.firstTokenMs + times.perTokenMs * countOutputTokens(message.content));
  return { status: 200, headers, chunks: [{ data: JSON.stringify(message), delayMs }] };
}
