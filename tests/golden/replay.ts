import { isDeepStrictEqual } from "node:util";
import type { MockReply, MockRequest, MockService } from "@tracebook/mock-providers";

/** One recorded exchange with a provider. */
export interface RecordedExchange {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly sse?: string;
  };
}

/**
 * A provider that answers with recorded exchanges: each request must equal a recorded one that is not used up yet.
 * Anything else is a 599 that says what was asked, so that a test shows the difference.
 *
 * @param normalize levels what a library's two clients send in different ways for the same request
 */
export function replayService(
  hosts: readonly string[],
  exchanges: readonly RecordedExchange[],
  normalize: (body: unknown) => unknown = (body) => body,
): MockService & { left(): number } {
  const unused = [...exchanges];
  return {
    name: "replay",
    title: "Recorded provider",
    hosts,
    left: () => unused.length,
    handle(request) {
      const body = parseBody(request);
      const index = unused.findIndex(
        (exchange) =>
          exchange.request.method === request.method &&
          pathname(exchange) === request.url.pathname &&
          isDeepStrictEqual(normalize(exchange.request.body), normalize(body)),
      );
      const [found] = index < 0 ? [] : unused.splice(index, 1);
      return found ? toReply(found) : unexpected(request, body);
    },
  };
}

/** Without the query: one client says there what another says in a header, such as that it uses a beta. */
function pathname({ request }: RecordedExchange): string {
  return new URL(request.path, "http://provider").pathname;
}

function parseBody(request: MockRequest): unknown {
  return typeof request.body === "string" && request.body !== "" ? JSON.parse(request.body) : undefined;
}

function toReply({ response }: RecordedExchange): MockReply {
  const data = response.sse ?? JSON.stringify(response.body);
  return { status: response.status, headers: response.headers, chunks: [{ data, delayMs: 0 }] };
}

function unexpected(request: MockRequest, body: unknown): MockReply {
  const message = `No recorded exchange for ${request.method} ${request.url.pathname} ${JSON.stringify(body)}`;
  const data = JSON.stringify({ type: "error", error: { type: "api_error", message } });
  return { status: 599, headers: { "content-type": "application/json" }, chunks: [{ data, delayMs: 0 }] };
}
