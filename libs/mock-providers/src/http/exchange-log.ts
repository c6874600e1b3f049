import type { Exchange, MockClock, MockReply, MockRequest } from "../contract";
import { decodeContent } from "../tracking-server/otlp/inflate";
import type { ReplyEnd } from "./reply";

const SECRET_HEADERS: readonly string[] = ["x-api-key", "x-goog-api-key", "api-key", "authorization"];
/** Gemini takes its key in the query as well. */
const SECRET_PARAMETERS: readonly string[] = ["key", "api_key"];
const MASK = "***";

/** An exchange that is under way. Exactly one of the two ends it; later calls do nothing. */
export interface OpenExchange {
  /** The service has answered with `reply`; the returned function ends the exchange. */
  answered(reply: MockReply): (end: ReplyEnd) => void;
  /** No answer reached the program. */
  failed(error: string): void;
}

/** Numbers the exchanges and reports each one once, secrets masked. */
export class ExchangeLog {
  readonly #clock: MockClock;
  readonly #report: (exchange: Exchange) => void;
  #lastId = 0;

  constructor(clock: MockClock, report: (exchange: Exchange) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  open(request: MockRequest, service: string | null): OpenExchange {
    const start = { ...describeRequest(request), id: ++this.#lastId, service, startTimeMs: this.#clock.now() };
    let over = false;
    const close = (end: Pick<Exchange, "status" | "responseHeaders" | "responseBody" | "error">): void => {
      if (over) return;
      over = true;
      this.#send({ ...start, ...end, durationMs: this.#clock.now() - start.startTimeMs });
    };
    return {
      answered:
        ({ status, headers }) =>
        ({ body, ...rest }) =>
          close({ status, responseHeaders: headers, responseBody: body, ...rest }),
      failed: (error) => close({ status: 0, responseHeaders: {}, responseBody: "", error }),
    };
  }

  /** A listener that throws is reported as an uncaught error; the program's `fetch` must not feel it. */
  #send(exchange: Exchange): void {
    try {
      this.#report(exchange);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

function describeRequest({ method, url, headers, body }: MockRequest) {
  const masked = Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.includes(name) ? MASK : value]);
  return {
    method,
    url: maskParameters(url),
    requestHeaders: Object.fromEntries(masked) as Record<string, string>,
    requestBody: body instanceof Uint8Array ? readBytes(body, headers["content-encoding"]) : body,
  };
}

/** A compressed body is shown as what it says; one that cannot be read as the bytes it is. */
function readBytes(body: Uint8Array, encoding = ""): string {
  const decoder = new TextDecoder();
  try {
    return decoder.decode(decodeContent(body, encoding));
  } catch {
    return decoder.decode(body);
  }
}

function maskParameters(url: URL): string {
  if (!SECRET_PARAMETERS.some((name) => url.searchParams.has(name))) return url.href;
  const masked = new URL(url);
  for (const name of SECRET_PARAMETERS) if (masked.searchParams.has(name)) masked.searchParams.set(name, MASK);
  return masked.href;
}
