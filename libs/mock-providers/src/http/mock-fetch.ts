import { abortReason } from "../clock/sleep";
import type { Exchange, MockClock, MockService } from "../contract";
import { ExchangeLog, type OpenExchange } from "./exchange-log";
import { describe, sendReply, withoutBodyForHead } from "./reply";
import { parseRequest } from "./request";

export interface MockFetchOptions {
  readonly services: readonly MockService[];
  readonly clock: MockClock;
  /** Called once for each exchange when it is over: answered to the end, aborted, cancelled or refused. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/**
 * A `fetch` that reaches the given services and nothing else. Unknown hosts are refused with a `TypeError`, as by a
 * browser without network, but one that says which hosts there are. Aborts reject with the signal's reason.
 *
 * @example
 * globalThis.fetch = createMockFetch({ services: [createAnthropic()], clock: realClock });
 */
export function createMockFetch(options: MockFetchOptions): typeof fetch {
  const log = new ExchangeLog(options.clock, options.onExchange ?? (() => {}));
  const services = new Map(
    options.services.flatMap((service) => service.hosts.map((host) => [host, service] as const)),
  );
  return async (input, init) => {
    const request = new Request(input, init);
    // The caller's own signal where there is one: some platforms lose the one a Request derives from it.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
    const parsed = await parseRequest(request);
    const service = services.get(parsed.url.host);
    const exchange = log.open(parsed, service?.name ?? null);
    if (!service) throw refuse(parsed.url, services, exchange);
    if (signal.aborted) throw abort(signal, exchange);
    const reply = withoutBodyForHead(service.handle(parsed), parsed.method);
    try {
      const onEnd = exchange.answered(reply);
      return withUrl(await sendReply(reply, { clock: options.clock, signal, onEnd }), request.url);
    } catch (error) {
      exchange.failed(describe(error));
      throw error;
    }
  };
}

function refuse(url: URL, services: ReadonlyMap<string, unknown>, exchange: OpenExchange): TypeError {
  const known = [...services.keys()].join(", ") || "none";
  const message = `No mocked service answers ${url.host || url.protocol}; there is no network here. Available hosts: ${known}.`;
  exchange.failed(message);
  return new TypeError(message);
}

function abort(signal: AbortSignal, exchange: OpenExchange): unknown {
  const reason = abortReason(signal);
  exchange.failed(describe(reason));
  return reason;
}

/** A constructed response has no address, a fetched one has. */
function withUrl(response: Response, url: string): Response {
  return Object.defineProperty(response, "url", { value: url, configurable: true });
}
