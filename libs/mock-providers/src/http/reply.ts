import { abortReason } from "../clock/sleep";
import type { MockChunk, MockClock, MockReply } from "../contract";

/** How the sending of a reply ended: everything, or as much as had left when somebody aborted or cancelled. */
export interface ReplyEnd {
  readonly body: string;
  readonly error?: string;
}

interface SendOptions {
  readonly clock: MockClock;
  readonly signal: AbortSignal;
  /** Called once, unless the promise rejects. */
  readonly onEnd: (end: ReplyEnd) => void;
}

/**
 * Turns a reply into a response that arrives over simulated time. Resolves when the first chunk is due. The rest leaves
 * on its own schedule whether anybody reads it or not, as from a server. Rejects with the signal's reason when that
 * aborts before the first chunk; later aborts break the body off.
 */
export async function sendReply(reply: MockReply, options: SendOptions): Promise<Response> {
  const [first, ...rest] = reply.chunks;
  const init = { status: reply.status, headers: reply.headers };
  if (first && first.delayMs > 0) await options.clock.sleep(first.delayMs, options.signal);
  if (options.signal.aborted) throw abortReason(options.signal);
  if (!first || rest.length === 0) {
    options.onEnd({ body: first ? bodyText([first]) : "" });
    return new Response(first ? toBytes(first.data) : null, init);
  }
  return new Response(streamChunks(reply.chunks, options), init);
}

function streamChunks(chunks: readonly MockChunk[], options: SendOptions): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const sent: MockChunk[] = [];
  const end = (error?: string): void =>
    options.onEnd({ body: bodyText(sent), ...(error === undefined ? {} : { error }) });
  const abort = (): void => stop.abort(abortReason(options.signal));
  return new ReadableStream<Uint8Array>({
    start(controller) {
      options.signal.addEventListener("abort", abort, { once: true });
      const send = (chunk: MockChunk): void => {
        sent.push(chunk);
        controller.enqueue(toBytes(chunk.data));
      };
      void sendOnSchedule(chunks, options.clock, stop.signal, send)
        .then(
          () => controller.close(),
          (reason: unknown) => options.signal.aborted && controller.error(reason),
        )
        .finally(() => {
          options.signal.removeEventListener("abort", abort);
          end(stop.signal.aborted ? describe(stop.signal.reason) : undefined);
        });
    },
    cancel(reason) {
      stop.abort(reason ?? "The program cancelled the response.");
    },
  });
}

/** The first chunk is due now. A delay counts from when the piece before was due, so that slow readers do not add up. */
async function sendOnSchedule(
  chunks: readonly MockChunk[],
  clock: MockClock,
  signal: AbortSignal,
  send: (chunk: MockChunk) => void,
): Promise<void> {
  let due = clock.now();
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0) {
      due += chunk.delayMs;
      if (chunk.delayMs > 0) await clock.sleep(Math.max(0, due - clock.now()), signal);
      if (signal.aborted) throw signal.reason;
    }
    send(chunk);
  }
}

function toBytes(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data);
}

function bodyText(chunks: readonly MockChunk[]): string {
  const decoder = new TextDecoder();
  const parts = chunks.map(({ data }) => (typeof data === "string" ? data : decoder.decode(data)));
  return parts.join("");
}

/** One line about why something was broken off. */
export function describe(reason: unknown): string {
  if (reason instanceof Error) return `${reason.name}: ${reason.message}`;
  return String(reason);
}

/** An answer to HEAD has the headers of the answer to GET and no body; its latency stays. */
export function withoutBodyForHead(reply: MockReply, method: string): MockReply {
  if (method !== "HEAD") return reply;
  return { ...reply, chunks: reply.chunks.slice(0, 1).map((chunk) => ({ ...chunk, data: "" })) };
}
