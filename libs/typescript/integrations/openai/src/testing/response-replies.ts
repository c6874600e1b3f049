export const RESPONSE_USAGE = {
  input_tokens: 24,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 11,
  output_tokens_details: { reasoning_tokens: 6 },
  total_tokens: 35,
};

/** {@link RESPONSE_USAGE} as MLflow counts it. */
export const RESPONSE_TOKENS = { input_tokens: 24, output_tokens: 11, total_tokens: 35, cache_read_input_tokens: 0 };

export function outputText(text: string): Record<string, unknown> {
  return { type: "output_text", text, annotations: [] };
}

export function outputMessage(text: string): Record<string, unknown> {
  return { id: "msg_1", type: "message", role: "assistant", status: "completed", content: [outputText(text)] };
}

/** A response as the API answers it. */
export function response(output: readonly unknown[], fields: object = {}): Record<string, unknown> {
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_760_000_000,
    status: "completed",
    error: null,
    model: "gpt-4o-mini-2024-07-18",
    output,
    usage: RESPONSE_USAGE,
    ...fields,
  };
}

/** The events of a text in pieces, up to its last piece. */
export function textEvents(pieces: readonly string[]): Record<string, unknown>[] {
  const at = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const started = response([], { status: "in_progress", usage: null });
  const item = { id: "msg_1", type: "message", role: "assistant", status: "in_progress", content: [] };
  const events = [
    { type: "response.created", response: started },
    { type: "response.in_progress", response: started },
    { type: "response.output_item.added", output_index: 0, item },
    { type: "response.content_part.added", ...at, part: outputText("") },
    ...pieces.map((delta) => ({ type: "response.output_text.delta", ...at, delta })),
  ];
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

/** The whole events of a text in pieces. */
export function completedEvents(pieces: readonly string[]): Record<string, unknown>[] {
  const message = outputMessage(pieces.join(""));
  return [
    ...textEvents(pieces),
    { type: "response.output_item.done", output_index: 0, item: message, sequence_number: 90 },
    { type: "response.completed", response: response([message]), sequence_number: 91 },
  ];
}
