import { createHex } from "../../model/hash";
import { type Call, CREATED } from "../call";
import type { NamedModel } from "../models/models";
import type { Spoken } from "../spoken";
import type { TokenCounts } from "../usage";
import type { ChatRequest } from "./schema";

/** An answer with everything that its JSON and its stream need. */
export interface Completion {
  readonly envelope: object;
  readonly spoken: Spoken;
  readonly choices: readonly Choice[];
  readonly counts: TokenCounts;
}

export interface Choice {
  readonly index: number;
  readonly finishReason: string;
  readonly toolCalls: readonly ToolCall[];
}

export interface ToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface Draft {
  readonly request: ChatRequest;
  readonly model: NamedModel;
  readonly spoken: Spoken;
  readonly stopReason: string | undefined;
}

/** The choices of an answer. All say the same, as the model is deterministic; each has ids of its own. */
export function complete(call: Call, { request, model, spoken, stopReason }: Draft): Completion {
  const n = request.n ?? 1;
  // A function that was forced by name ends an answer as text does.
  const forced = typeof request.tool_choice === "object" && request.tool_choice?.function !== undefined;
  const finishReason = stopReason ?? (forced && spoken.end === "tool_calls" ? "stop" : spoken.end);
  const choices = Array.from({ length: n }, (_, index) => ({
    index,
    finishReason,
    toolCalls: spoken.calls.map(({ name, input }, place) => ({
      id: call.textId("call_", `${index}:${place}`),
      type: "function" as const,
      function: { name, arguments: input },
    })),
  }));
  const envelope = {
    id: call.textId("chatcmpl-", "completion", 29),
    created: CREATED,
    model: model.answersAs,
    service_tier: "default",
    system_fingerprint: `fp_${createHex(model.answersAs, 10)}`,
  };
  const counts = { input: 0, cached: 0, output: spoken.outputTokens * n, reasoning: spoken.reasoningTokens * n };
  return { envelope, spoken, choices, counts };
}

/** An answer that is sent whole. */
export function toBody({ envelope, spoken, choices, counts }: Completion): object {
  return {
    ...envelope,
    object: "chat.completion",
    choices: choices.map(({ index, finishReason, toolCalls }) => ({
      index,
      message: {
        role: "assistant",
        content: spoken.text === "" && (toolCalls.length > 0 || spoken.refusal !== undefined) ? null : spoken.text,
        refusal: spoken.refusal ?? null,
        annotations: [],
        ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
      },
      logprobs: null,
      finish_reason: finishReason,
    })),
    usage: toUsage(counts),
  };
}

/** Counts in this endpoint's words. */
export function toUsage({ input, cached, output, reasoning }: TokenCounts): object {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
