import type { MockChunk, MockReply, MockRequest } from "../contract";
import { createHex, createId } from "../model/hash";
import { NO_DELAY, type Pace, paceOf, SHORT_MS, type TimedAnswer } from "../provider/pace";
import type { Speaker } from "../provider/speaker";
import type { ApiError } from "./error";
import type { ResponseStore } from "./responses/store";

/** Time stamps are fixed, so that the same request gets the same answer (seconds since the UNIX epoch). */
export const CREATED = 1_760_000_000;

/** What outlives a call. */
export interface ServiceState {
  readonly speaker: Speaker;
  readonly responses: ResponseStore;
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

  /** An id that ends in hexadecimal digits, e.g. `resp_…`. */
  hexId(prefix: string, purpose: string, length = 48): string {
    return prefix + createHex(`${this.seed}:${purpose}`, length);
  }

  /** An id that ends in letters and digits, e.g. `call_…`. */
  textId(prefix: string, purpose: string, length = 24): string {
    return prefix + createId(`${this.seed}:${purpose}`, length);
  }

  pace(timed: Omit<TimedAnswer, "seed">): Pace {
    return this.state.simulateLatency ? paceOf({ ...timed, seed: this.seed }) : NO_DELAY;
  }

  json(body: object, delayMs = SHORT_MS): MockReply {
    return this.#reply(200, [{ data: JSON.stringify(body), delayMs: this.#delay(delayMs) }]);
  }

  /** Chunks of server-sent events. */
  stream(chunks: readonly MockChunk[]): MockReply {
    return this.#reply(200, chunks, { "content-type": "text/event-stream; charset=utf-8" });
  }

  error(error: ApiError, delayMs = SHORT_MS): MockReply {
    const { status, retryAfter } = error.parts;
    const headers = retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) };
    return this.#reply(status, [{ data: JSON.stringify(error.toBody()), delayMs: this.#delay(delayMs) }], headers);
  }

  #delay(delayMs: number): number {
    return this.state.simulateLatency ? delayMs : 0;
  }

  #reply(status: number, chunks: readonly MockChunk[], more: Record<string, string> = {}): MockReply {
    const headers = {
      "content-type": "application/json",
      "openai-organization": "mock-organization",
      "openai-processing-ms": String(Math.round(chunks[0]?.delayMs ?? 0)),
      "openai-version": "2020-10-01",
      "x-request-id": this.hexId("req_", "request", 32),
      ...more,
    };
    return { status, headers, chunks };
  }
}
