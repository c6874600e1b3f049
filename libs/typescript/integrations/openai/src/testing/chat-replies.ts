import type OpenAI from "openai";

export const CHAT_USAGE = {
  prompt_tokens: 21,
  completion_tokens: 12,
  total_tokens: 33,
  prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 8 },
};

/** {@link CHAT_USAGE} as MLflow counts it. */
export const CHAT_TOKENS = { input_tokens: 21, output_tokens: 12, total_tokens: 33, cache_read_input_tokens: 4 };

export const WEATHER_TOOL = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "The weather in a city now",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

/** A completion as the API answers it. */
export function completion(content: string | null, message: object = {}, finishReason = "stop"): OpenAI.ChatCompletion {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_760_000_000,
    model: "gpt-4o-mini-2024-07-18",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: null, ...message },
        logprobs: null,
        finish_reason: finishReason as "stop",
      },
    ],
    usage: CHAT_USAGE,
  };
}

/** A chunk of a streamed completion with the given fields of its first choice. */
export function chunk(delta: object, finishReason: string | null = null, index = 0): Record<string, unknown> {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_760_000_000,
    model: "gpt-4o-mini-2024-07-18",
    choices: [{ index, delta, logprobs: null, finish_reason: finishReason }],
    usage: null,
  };
}

/** A text in pieces, the end of it, and the usage. */
export function textChunks(pieces: readonly string[]): unknown[] {
  return [
    chunk({ role: "assistant", content: "", refusal: null }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, "stop"),
    { ...chunk({}), choices: [], usage: CHAT_USAGE },
  ];
}

/** A tool call whose arguments come in pieces. */
export function toolChunks(id = "call_1"): unknown[] {
  const call = { index: 0, id, type: "function", function: { name: "get_weather", arguments: "" } };
  const more = (text: string) => chunk({ tool_calls: [{ index: 0, function: { arguments: text } }] });
  return [
    chunk({ role: "assistant", content: null, tool_calls: [call] }),
    more('{"city":'),
    more('"Oslo"}'),
    chunk({}, "tool_calls"),
  ];
}
