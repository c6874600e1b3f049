import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Conditions of a rule; all that are given must hold. */
export const WhenSchema = v.strictObject({
  /** Occurs in the text of the last user message (case matters). */
  lastUserText: v.optional(v.string()),
  /** Occurs in the system prompt. */
  system: v.optional(v.string()),
  /** Whether tool results have come in since the user last wrote something. */
  hasToolResult: v.optional(v.boolean()),
  /** The model asked for, in full. */
  model: v.optional(v.string()),
  /** 1 for the first request of a conversation: one more than the answers that it carries. */
  turn: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export const ToolCallSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1)),
  input: v.record(v.string(), v.unknown()),
});

/** An answer that is an HTTP error. */
export const ErrorReplySchema = v.strictObject({
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  /** The provider's error type, e.g. `overloaded_error`. */
  type: v.string(),
  message: v.string(),
  /** The provider's error code and the parameter at fault, for providers that name them, e.g. `context_length_exceeded`. */
  code: v.optional(v.string()),
  param: v.optional(v.string()),
  /** Seconds for the `retry-after` header. */
  retryAfter: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
});

/** What is answered. `{{toolResult}}` and `{{lastUserText}}` in `text` and `thinking` are filled in. */
export const ReplySchema = v.pipe(
  v.strictObject({
    text: v.optional(v.string()),
    /** Reasoning in front of the text; sent only when the request enables thinking. */
    thinking: v.optional(v.string()),
    toolCalls: v.optional(v.array(ToolCallSchema)),
    /** What is said instead of an answer, for providers that keep a refusal apart from text. */
    refusal: v.optional(v.string()),
    /** Overrides the provider's stop reason. */
    stopReason: v.optional(v.string()),
    /** Overrides single token counts. */
    usage: v.optional(
      v.strictObject({
        input_tokens: v.optional(Count),
        output_tokens: v.optional(Count),
        cache_creation_input_tokens: v.optional(Count),
        cache_read_input_tokens: v.optional(Count),
        /** Tokens of reasoning, for providers that count them apart. */
        reasoning_tokens: v.optional(Count),
      }),
    ),
    /** Simulated milliseconds from the request to the end of the answer. */
    latencyMs: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
    error: v.optional(ErrorReplySchema),
  }),
  v.check(
    ({ text, toolCalls, error, refusal }) => [text, toolCalls, error, refusal].some((part) => part !== undefined),
    "A reply needs text, toolCalls or error, or a refusal",
  ),
);
export type ScriptReply = v.InferOutput<typeof ReplySchema>;

export const RuleSchema = v.strictObject({
  when: v.optional(WhenSchema),
  /** How often the rule may be used; without it, always. `times: 1` with an error makes the retry succeed. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  reply: ReplySchema,
});

/** The replies that a mocked model has been given: ordered rules, of which the first that matches answers. */
export const ScriptSchema = v.array(RuleSchema);
export type Script = v.InferOutput<typeof ScriptSchema>;
