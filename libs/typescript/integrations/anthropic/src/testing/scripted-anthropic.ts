import Anthropic, { type ClientOptions } from "@anthropic-ai/sdk";

/** One request that the client sent. */
export interface SeenCall {
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** An answer of the provider: JSON, server-sent events, or an error that `fetch` throws. */
export type Reply =
  | { status?: number; json: unknown }
  | { events: readonly unknown[]; cut?: boolean; hang?: boolean }
  | { throws: Error };

/** A real client whose `fetch` gives `replies` one after the other. */
export function scriptedAnthropic(
  replies: readonly Reply[],
  options: ClientOptions = {},
): { client: Anthropic; calls: SeenCall[] } {
  const calls: SeenCall[] = [];
  const script = [...replies];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    calls.push({ url: String(url), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body ?? "{}")) });
    const reply = script.shift();
    if (!reply) throw new Error("the script has no more replies");
    return answer(reply, init?.signal ?? undefined);
  };
  return { client: new Anthropic({ apiKey: "key", maxRetries: 0, fetch, ...options }), calls };
}

function answer(reply: Reply, signal: AbortSignal | undefined): Response {
  if ("throws" in reply) throw reply.throws;
  if ("events" in reply) return eventStream(reply, signal);
  const headers = { "content-type": "application/json", "request-id": "req_1" };
  return new Response(JSON.stringify(reply.json), { status: reply.status ?? 200, headers });
}

function eventStream(
  { events, cut, hang }: { events: readonly unknown[]; cut?: boolean; hang?: boolean },
  signal?: AbortSignal,
) {
  const encoder = new TextEncoder();
  const queue = [...events];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true }),
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const event = queue.shift() as { type: string } | undefined;
      if (event) controller.enqueue(encoder.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
      else if (cut) controller.error(new Error("connection reset"));
      else if (hang) await new Promise(() => {});
      else controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "request-id": "req_1" } });
}

/** A message as the API answers it. */
export function message(
  text: string,
  usage: object = { input_tokens: 21, output_tokens: 12 },
): Record<string, unknown> {
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-5-5",
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage,
  };
}

/** The events of a streamed answer: a text in pieces, then a tool call whose input comes in pieces. */
export function streamedEvents(pieces: readonly string[]): unknown[] {
  const start = {
    ...message("", { input_tokens: 9, output_tokens: 1, cache_read_input_tokens: 3 }),
    content: [],
    stop_reason: null,
  };
  const text = { type: "text", text: "", citations: null };
  const tool = { type: "tool_use", id: "toolu_1", name: "get_weather", input: {} };
  return [
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: text },
    ...pieces.map((piece) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: piece } })),
    { type: "content_block_stop", index: 0 },
    { type: "content_block_start", index: 1, content_block: tool },
    { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"city":' } },
    { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '"Oslo"}' } },
    { type: "content_block_stop", index: 1 },
    { type: "message_delta", delta: { stop_reason: "tool_use", stop_sequence: null }, usage: { output_tokens: 30 } },
    { type: "message_stop" },
  ];
}
