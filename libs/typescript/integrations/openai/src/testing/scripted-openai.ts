import OpenAI, { type ClientOptions } from "openai";

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
export function scriptedOpenAI(
  replies: readonly Reply[],
  options: ClientOptions = {},
): { client: OpenAI; calls: SeenCall[] } {
  const calls: SeenCall[] = [];
  const script = [...replies];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    calls.push({ url: String(url), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body ?? "{}")) });
    const reply = script.shift();
    if (!reply) throw new Error("the script has no more replies");
    return answer(reply, init?.signal ?? undefined);
  };
  return { client: new OpenAI({ apiKey: "key", maxRetries: 0, fetch, ...options }), calls };
}

function answer(reply: Reply, signal: AbortSignal | undefined): Response {
  if ("throws" in reply) throw reply.throws;
  if ("events" in reply) return eventStream(reply, signal);
  const headers = { "content-type": "application/json", "x-request-id": "req_1" };
  return new Response(JSON.stringify(reply.json), { status: reply.status ?? 200, headers });
}

function eventStream(
  { events, cut, hang }: { events: readonly unknown[]; cut?: boolean; hang?: boolean },
  signal?: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  const queue = [...events];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true }),
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const event = queue.shift();
      if (event) controller.enqueue(encoder.encode(toFrame(event)));
      else if (cut) controller.error(new Error("connection reset"));
      else if (hang) await new Promise(() => {});
      else {
        controller.enqueue(encoder.encode("data: [DONE]\n\n"));
        controller.close();
      }
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "x-request-id": "req_1" } });
}

/** Events of the Responses API have their type as a name; chunks of completions have none. */
function toFrame(event: unknown): string {
  const { type } = event as { type?: string };
  return `${type ? `event: ${type}\n` : ""}data: ${JSON.stringify(event)}\n\n`;
}
