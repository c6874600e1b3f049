/**
 * What a mocked HTTP service is: a pure, synchronous core from a parsed request to a reply.
 *
 * The core knows nothing of `fetch`, promises or clocks: an engine that must answer synchronously (Python in a worker) can
 * call it as it is. `http/` wraps it into a web-standard fetch app that honours the delays.
 */

/** One parsed HTTP request. Header names are lower case. */
export interface MockRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text (UTF-8), or bytes where it was not text; `null` where there was none. */
  readonly body: string | Uint8Array | null;
}

/** A piece of the reply's body and how long after the piece before it (or the request) it leaves, in ms of simulated time. */
export interface MockChunk {
  readonly data: string | Uint8Array;
  readonly delayMs: number;
}

/** The reply: an empty `chunks` is an empty body. */
export interface MockReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly MockChunk[];
}

/** A mocked service. `handle` is synchronous, deterministic for the same sequence of requests, and never throws. */
export interface MockService {
  /** Short id, e.g. `anthropic`; names the script in `example.json` too. */
  readonly name: string;
  /** What a reader is told was mocked, e.g. `Anthropic API`. */
  readonly title: string;
  /** Hosts (with port where it is not the scheme's own) that this service answers, e.g. `api.anthropic.com`. */
  readonly hosts: readonly string[];
  handle(request: MockRequest): MockReply;
}

/** Time as the mocks see it, so that simulated latency can be compressed or switched off. */
export interface MockClock {
  /** Milliseconds since the UNIX epoch, with a fraction where the platform has one. */
  now(): number;
  /** Resolves after `ms` of simulated time; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One exchange as the Requests pane shows it. Bodies are text, cut to `limit` by whoever displays them, never here. */
export interface Exchange {
  readonly id: number;
  /** `name` of the service that answered; `null` when no service knows the host and the request was refused. */
  readonly service: string | null;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  /** 0 when the request was refused or aborted before an answer. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
  /** Milliseconds since the UNIX epoch. */
  readonly startTimeMs: number;
  readonly durationMs: number;
  /** Why there was no answer. */
  readonly error?: string;
}
