import type { Fault } from "./fault.js";
import type { Tape, TapedReply } from "./tape.js";

/** A request as the provider saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the client has aborted the request or cancelled its body. */
  cancelled: boolean;
}

/** The provider during one run of a call: plays a tape, with a fault if there is to be one. */
export class PlayedProvider {
  readonly requests: SeenRequest[] = [];
  readonly #tape: Tape;
  readonly #fault: Fault | undefined;
  #asked = 0;

  constructor(tape: Tape, fault?: Fault) {
    this.#tape = tape;
    this.#fault = fault;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const at = this.#asked++;
    const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
    const request = new Request(input, { ...init, signal: null });
    const seen = await this.#note(request.clone());
    signal?.addEventListener("abort", () => (seen.cancelled = true), { once: true });
    if (signal?.aborted) {
      seen.cancelled = true;
      throw signal.reason;
    }
    const fault = this.#fault;
    if (fault?.kind === "offline") throw new TypeError("fetch failed");
    if (fault?.kind === "silence") await untilAborted(signal);
    if (fault?.kind === "delay") await Promise.race([sleep(fault.ms), untilAborted(signal)]);
    if (fault?.kind === "refusal") return fault.reply();
    return play(await this.#tape.reply(at, request), fault, seen, signal);
  };

  async #note(request: Request): Promise<SeenRequest> {
    const { method, url } = request;
    const headers = Object.fromEntries(request.headers);
    const seen = { method, url, headers, body: await request.text(), cancelled: false };
    this.requests.push(seen);
    return seen;
  }
}

function play(reply: TapedReply, fault: Fault | undefined, seen: SeenRequest, signal: AbortSignal | null): Response {
  const { status, headers, url, pieces } = reply;
  const isEnd = fault?.kind === "cut" || fault?.kind === "halt";
  const queue = isEnd ? pieces.slice(0, Math.max(1, Math.floor(pieces.length * fault.after))) : [...pieces];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason), { once: true }),
    async pull(controller) {
      // One event at a time, as from a network.
      await sleep(0);
      if (signal?.aborted) return;
      const piece = queue.shift();
      if (piece) controller.enqueue(piece);
      else if (fault?.kind === "cut") controller.error(new TypeError("terminated"));
      else if (fault?.kind === "halt") await new Promise(() => {});
      else controller.close();
    },
    cancel: () => {
      seen.cancelled = true;
    },
  });
  const hasBody = status !== 204 && status !== 304;
  const response = new Response(hasBody ? body : null, {
    status,
    headers: Object.fromEntries(headers),
  });
  return Object.defineProperty(response, "url", { value: url, configurable: true });
}

/** Never resolves. */
function untilAborted(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
