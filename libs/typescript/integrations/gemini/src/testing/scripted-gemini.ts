import { GoogleGenAI, type GoogleGenAIOptions } from "@google/genai";

/** One request that the client sent. */
export interface SeenCall {
  url: string;
  headers: Headers;
  body: Record<string, unknown>;
}

/** An answer of the provider: JSON, server-sent events, or an error that `fetch` throws. */
export type Reply =
  | { status?: number; json: unknown }
  | { chunks: readonly unknown[]; cut?: boolean; hang?: boolean }
  | { throws: Error };

/** A real client whose `fetch` gives `replies` one after the other. */
export function scriptedGemini(
  replies: readonly Reply[],
  { httpOptions, ...options }: GoogleGenAIOptions = {},
): { client: GoogleGenAI; calls: SeenCall[] } {
  const calls: SeenCall[] = [];
  const script = [...replies];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    init?.signal?.throwIfAborted();
    calls.push({ url: String(url), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body ?? "{}")) });
    const reply = script.shift();
    if (!reply) throw new Error("the script has no more replies");
    return answer(reply, init?.signal ?? undefined);
  };
  return { client: new GoogleGenAI({ apiKey: "key", httpOptions: { fetch, ...httpOptions }, ...options }), calls };
}

function answer(reply: Reply, signal: AbortSignal | undefined): Response {
  if ("throws" in reply) throw reply.throws;
  if ("chunks" in reply) return eventStream(reply, signal);
  const headers = { "content-type": "application/json", "x-request": "1" };
  return new Response(JSON.stringify(reply.json), { status: reply.status ?? 200, headers });
}

function eventStream(
  { chunks, cut, hang }: { chunks: readonly unknown[]; cut?: boolean; hang?: boolean },
  signal?: AbortSignal,
) {
  const encoder = new TextEncoder();
  const queue = [...chunks];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true }),
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const chunk = queue.shift();
      if (chunk) controller.enqueue(encoder.encode(`data: ${JSON.stringify(chunk)}\r\n\r\n`));
      else if (cut) controller.error(new Error("connection reset"));
      else if (hang) await new Promise(() => {});
      else controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** A response as the API answers it. */
export function response(
  parts: readonly object[],
  usageMetadata: object = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 },
): Record<string, unknown> {
  return {
    candidates: [{ content: { parts, role: "model" }, finishReason: "STOP", index: 0 }],
    usageMetadata,
    modelVersion: "gemini-2.5-flash",
    responseId: "r1",
  };
}

/** The responses of a stream: one for each list of parts; the last has the reason of its end and the counts. */
export function streamed(...pieces: readonly (readonly object[])[]): unknown[] {
  return pieces.map((parts, at) => {
    const last = at === pieces.length - 1;
    const usage = last
      ? { promptTokenCount: 12, candidatesTokenCount: 19, totalTokenCount: 31, cachedContentTokenCount: 4 }
      : { promptTokenCount: 12, totalTokenCount: 12 };
    const candidate = { content: { parts, role: "model" }, index: 0, ...(last ? { finishReason: "STOP" } : {}) };
    return { candidates: [candidate], usageMetadata: usage, modelVersion: "gemini-2.5-flash", responseId: "r1" };
  });
}
