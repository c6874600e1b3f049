import type { MockChunk, MockReply, MockRequest } from "../contract";
import { createId } from "../model/hash";
import { NO_DELAY, type Pace, paceOf, SHORT_MS, type TimedAnswer } from "../provider/pace";
import type { Speaker } from "../provider/speaker";
import type { ApiError } from "./error";

/** What outlives a call. */
export interface ServiceState {
  readonly speaker: Speaker;
  readonly simulateLatency: boolean;
}

/** One request under way: what its handler needs beside the body, and the ways to reply. */
export class Call {
  readonly request: MockRequest;
  readonly state: ServiceState;
  /** The body and the number of the call: all ids of the answer come from it. */
  readonly seed: string;

  constructor(request: MockRequest, state: ServiceState, seed: string) {
    this.request = request;
    this.state = state;
    this.seed = seed;
  }

  id(purpose: string, length: number): string {
    return createId(`${this.seed}:${purpose}`, length);
  }

  pace(timed: Omit<TimedAnswer, "seed">): Pace {
    return this.state.simulateLatency ? paceOf({ ...timed, seed: this.seed }) : NO_DELAY;
  }

  json(body: object, delayMs = SHORT_MS): MockReply {
    return this.#reply(200, [{ data: JSON.stringify(body), delayMs: this.#delay(delayMs) }]);
  }

  /** Server-sent events with `alt=sse`, otherwise one JSON array that comes in pieces. */
  stream(parts: readonly { body: object; delayMs: number }[]): MockReply {
    const sse = this.request.url.searchParams.get("alt") === "sse";
    if (sse) return this.#reply(200, parts.map(toEvent), { "content-type": "text/event-stream" });
    const chunks = parts.map(({ body, delayMs }, index) => ({
      data: `${index === 0 ? "[" : ",\r\n"}${JSON.stringify(body)}`,
      delayMs,
    }));
    return this.#reply(200, [...chunks, { data: "]", delayMs: 0 }]);
  }

  error(error: ApiError, delayMs = SHORT_MS): MockReply {
    const { code, retryAfter } = error.parts;
    const headers = retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) };
    return this.#reply(code, [{ data: JSON.stringify(error.toBody()), delayMs: this.#delay(delayMs) }], headers);
  }

  #delay(delayMs: number): number {
    return this.state.simulateLatency ? delayMs : 0;
  }

  #reply(status: number, chunks: readonly MockChunk[], more: Record<string, string> = {}): MockReply {
    const headers = {
      "content-type": "application/json; charset=UTF-8",
      "server-timing": `gfet4t7; dur=${Math.round(chunks[0]?.delayMs ?? 0)}`,
      ...more,
    };
    return { status, headers, chunks };
  }
}

/** The API ends its lines as HTTP does. */
function toEvent({ body, delayMs }: { body: object; delayMs: number }): MockChunk {
  return { data: `data: ${JSON.stringify(body)}\r\n\r\n`, delayMs };
}
