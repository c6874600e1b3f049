/**
 * A small provider and its client, built as real ones are: a promise with more members, a stream with a controller. The
 * kit's own tests run the checks on integrations of it, a good one and many broken ones.
 */
export interface ToyRequest {
  model: string;
  messages: string[];
  stream?: boolean;
}

export interface ToyAnswer {
  text: string;
  model: string;
  usage: { input: number; output: number };
}

export interface ToyPart {
  text?: string;
  usage?: ToyAnswer["usage"];
}

export class ToyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The answer, or the HTTP response it came in; the body is read only when it is asked for. */
export class ToyPromise<T> extends Promise<T> {
  readonly #response: Promise<Response>;
  readonly #parse: (response: Response) => Promise<T>;
  #parsed: Promise<T> | undefined;

  constructor(response: Promise<Response>, parse: (response: Response) => Promise<T>) {
    super((resolve) => resolve(undefined as T));
    this.#response = response;
    this.#parse = parse;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  asResponse(): Promise<Response> {
    return this.#response;
  }

  async withResponse(): Promise<{ data: T; status: number }> {
    const [data, response] = await Promise.all([this.#read(), this.#response]);
    return { data, status: response.status };
  }

  // biome-ignore lint/suspicious/noThenProperty: this is a promise
  override then<A = T, B = never>(
    resolved?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#read().then(resolved, rejected);
  }

  #read(): Promise<T> {
    this.#parsed ??= this.#response.then(this.#parse);
    return this.#parsed;
  }
}

/** Iterable once; leaving it aborts the request. */
export class ToyStream {
  readonly controller: AbortController;
  readonly #body: ReadableStream<Uint8Array>;

  constructor(body: ReadableStream<Uint8Array>, controller: AbortController) {
    this.#body = body;
    this.controller = controller;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ToyPart, void> {
    const reader = this.#body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
    let isDone = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        for (const event of value.split("\n\n")) if (event) yield JSON.parse(event.replace(/^data: /, ""));
      }
      isDone = true;
    } finally {
      if (!isDone) this.controller.abort();
    }
  }

  async text(): Promise<string> {
    let text = "";
    for await (const part of this) text += part.text ?? "";
    return text;
  }
}

export interface ToyOptions {
  signal?: AbortSignal;
}

export class ToyClient {
  readonly chat: ToyChat;
  readonly models: ToyModels;

  constructor(options: { fetch: typeof fetch; apiKey: string }) {
    this.chat = new ToyChat(options);
    this.models = new ToyModels(options);
  }
}

class ToyResource {
  readonly #options: { fetch: typeof fetch; apiKey: string };

  constructor(options: { fetch: typeof fetch; apiKey: string }) {
    this.#options = options;
  }

  protected async send(path: string, body: string | undefined, signal: AbortSignal): Promise<Response> {
    const { fetch, apiKey } = this.#options;
    const headers = { "content-type": "application/json", "x-api-key": apiKey };
    const method = body === undefined ? "GET" : "POST";
    const response = await fetch(`https://toy.test${path}`, { method, headers, signal, ...(body ? { body } : {}) });
    if (response.ok) return response;
    const { error } = (await response.json()) as { error: { message: string } };
    throw new ToyError(response.status, error.message);
  }
}

export class ToyChat extends ToyResource {
  create(request: ToyRequest & { stream: true }, options?: ToyOptions): ToyPromise<ToyStream>;
  create(request: ToyRequest, options?: ToyOptions): ToyPromise<ToyAnswer>;
  create(request: ToyRequest, options: ToyOptions = {}): ToyPromise<ToyAnswer | ToyStream> {
    const controller = new AbortController();
    options.signal?.addEventListener("abort", () => controller.abort(), { once: true });
    // Like real clients: what cannot be sent is refused by the promise.
    const response = Promise.resolve().then(() => this.send("/chat", JSON.stringify(request), controller.signal));
    response.catch(() => {});
    return new ToyPromise<ToyAnswer | ToyStream>(response, async (answer) => {
      return request?.stream && answer.body ? new ToyStream(answer.body, controller) : await answer.json();
    });
  }
}

export class ToyModels extends ToyResource {
  async list(): Promise<string[]> {
    const response = await this.send("/models", undefined, new AbortController().signal);
    return (await response.json()) as string[];
  }
}

const WORDS = ["The ", "answer ", "is ", "forty", "-two", "."];
export const ANSWER = WORDS.join("");

/** The provider: two input tokens for each message, one output token for each word. */
export const toyFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  if (request.url.endsWith("/models")) return Response.json(["toy-1"]);
  const { model, messages, stream } = (await request.json()) as Partial<ToyRequest>;
  if (!model || !Array.isArray(messages)) {
    return Response.json({ error: { message: "model and messages are required" } }, { status: 400 });
  }
  const usage = { input: 2 * messages.length, output: WORDS.length };
  if (!stream) return Response.json({ text: ANSWER, model, usage } satisfies ToyAnswer);
  const parts: ToyPart[] = [...WORDS.map((text) => ({ text })), { usage }];
  const events = parts.map((part) => `data: ${JSON.stringify(part)}\n\n`).join("");
  return new Response(events, { headers: { "content-type": "text/event-stream" } });
};
