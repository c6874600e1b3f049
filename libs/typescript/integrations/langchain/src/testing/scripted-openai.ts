import { ChatOpenAI, type ChatOpenAIFields } from "@langchain/openai";

/** What the provider answers with: a message, parts of a stream, or a status and its error. */
export type Answer =
  | { readonly content: string | null; readonly tool_calls?: readonly unknown[] }
  | { readonly parts: readonly string[] }
  | { readonly status: number; readonly error: string };

export const USAGE = {
  prompt_tokens: 20,
  completion_tokens: 3,
  total_tokens: 23,
  prompt_tokens_details: { cached_tokens: 8, audio_tokens: 0 },
};
export const COUNTED = { input_tokens: 20, output_tokens: 3, total_tokens: 23, cache_read_input_tokens: 8 };

const envelope = { id: "chatcmpl-1", created: 1, model: "gpt-4o-mini" };

/** A real ChatOpenAI whose requests are answered with `answers`, one after the other. */
export function scriptedOpenAI(answers: readonly Answer[], fields: ChatOpenAIFields = {}): ChatOpenAI {
  const script = [...answers];
  const fetch = async (): Promise<Response> => {
    const answer = script.shift();
    if (!answer) throw new Error("the script has no more answers");
    return respond(answer);
  };
  return new ChatOpenAI({
    apiKey: "sk-secret",
    model: "gpt-4o-mini",
    maxRetries: 0,
    ...fields,
    configuration: { fetch },
  });
}

export const toolCall = (name: string, args: object) => ({
  id: `call_${name}`,
  type: "function",
  function: { name, arguments: JSON.stringify(args) },
});

function respond(answer: Answer): Response {
  const headers = { "content-type": "application/json" };
  if ("error" in answer) {
    const body = { error: { message: answer.error, type: "invalid_request_error" } };
    return new Response(JSON.stringify(body), { status: answer.status, headers });
  }
  if ("parts" in answer) return eventStream(answer.parts);
  const message = { role: "assistant", refusal: null, ...answer };
  const finish_reason = answer.tool_calls ? "tool_calls" : "stop";
  const choices = [{ index: 0, message, finish_reason }];
  return new Response(JSON.stringify({ ...envelope, object: "chat.completion", choices, usage: USAGE }), { headers });
}

function eventStream(parts: readonly string[]): Response {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...envelope,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    chunk({ role: "assistant", content: "" }),
    ...parts.map((content) => chunk({ content })),
    chunk({}, "stop"),
    { ...envelope, object: "chat.completion.chunk", choices: [], usage: USAGE },
  ];
  const events = [...chunks.map((data) => JSON.stringify(data)), "[DONE]"].map((data) => `data: ${data}\n\n`);
  return new Response(events.join(""), { headers: { "content-type": "text/event-stream" } });
}
