/** A tracing SDK as the measurement drives it; one per child process. */
export interface Adapter {
  /** Wraps a function of one argument, sync or async, so that each call is a span with input and output. */
  wrap<T extends (input: Payload) => unknown>(name: string, fn: T): (input: Payload) => ReturnType<T>;
  /** Hands every finished span, serialised, to a stub. */
  flush(): Promise<void>;
  /** Spans that the stub got so far, to show that the SDK really records; `null` where its batches cannot be counted. */
  received(): number | null;
}

/** About 1 KB of JSON, as input and as output. */
export type Payload = { readonly model: string; readonly messages: readonly { role: string; content: string }[] };

export const PAYLOAD: Payload = {
  model: "gpt-4o-mini",
  messages: Array.from({ length: 8 }, (_, at) => ({ role: "user", content: `${at} ${"lorem ipsum ".repeat(7)}` })),
};

/** Spans that a stub saw in the requests to it: how often `pattern` occurs in their bodies. */
export function stubFetch(pattern: RegExp, answer: string): () => number {
  let seen = 0;
  globalThis.fetch = async (input, init) => {
    const body = init?.body ?? (input instanceof Request ? await input.clone().text() : "");
    const text = typeof body === "string" ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : "";
    seen += text.match(pattern)?.length ?? 0;
    return new Response(answer, { headers: { "content-type": "application/json" } });
  };
  return () => seen;
}
