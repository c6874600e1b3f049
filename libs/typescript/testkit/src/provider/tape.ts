/** An answer of the provider, so that each run of a call gets the very same. */
export interface TapedReply {
  readonly status: number;
  readonly headers: readonly [string, string][];
  readonly url: string;
  /** Server-sent events one by one; any other body as one piece. */
  readonly pieces: readonly Uint8Array[];
}

/** The provider's answers in the order of their requests: the first run records, later runs hear the same. */
export class Tape {
  readonly #fetch: typeof fetch;
  readonly #replies: Promise<TapedReply>[] = [];

  constructor(provider: typeof fetch) {
    this.#fetch = provider;
  }

  /** The answer to the request number `at` of a run. */
  reply(at: number, request: Request): Promise<TapedReply> {
    this.#replies[at] ??= this.#record(request);
    return this.#replies[at];
  }

  async #record(request: Request): Promise<TapedReply> {
    const body = request.method === "GET" || request.method === "HEAD" ? undefined : await request.arrayBuffer();
    const response = await this.#fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(body ? { body } : {}),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isEvents = response.headers.get("content-type")?.includes("event-stream") ?? false;
    const { status, headers, url } = response;
    return { status, headers: [...headers], url, pieces: isEvents ? splitEvents(bytes) : [bytes] };
  }
}

/** Server-sent events end in an empty line. */
function splitEvents(bytes: Uint8Array): Uint8Array[] {
  const encoder = new TextEncoder();
  const events = new TextDecoder().decode(bytes).split(/(?<=\r?\n\r?\n)/);
  return events.map((event) => encoder.encode(event));
}
