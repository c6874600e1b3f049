import { flushTraces, getLastActiveTraceId, SpanStatusCode, withSpan } from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { recordTraces } from "./testing/recorded-traces.js";
import { type Reply, scriptedGemini, streamed } from "./testing/scripted-gemini.js";
import { tracedGemini } from "./traced-gemini.js";

const REQUEST = { model: "gemini-2.5-flash", contents: "A line about a harbour." };
const USAGE = { input_tokens: 12, output_tokens: 19, total_tokens: 31, cache_read_input_tokens: 4 };
const HELLO = streamed([{ text: "Hel" }], [{ text: "lo" }]);
const traces = recordTraces();

function setUp(...replies: Reply[]) {
  const { client, calls } = scriptedGemini(replies);
  return { client: tracedGemini(client), calls };
}

async function read(stream: AsyncIterable<{ text?: string }>): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += chunk.text ?? "";
  return text;
}

const parts = (outputs: unknown) =>
  (outputs as { candidates: { content: { parts: unknown[] } }[] }).candidates[0]?.content.parts;

describe("models.generateContentStream", () => {
  it("ends the span when the stream is exhausted, with one response", async () => {
    const { client, calls } = setUp({ chunks: HELLO });
    expect(await read(await client.models.generateContentStream(REQUEST))).toBe("Hello");
    const span = await traces.onlySpan();
    expect(span.name).toBe("generateContentStream");
    expect(span.outputs).toEqual({
      candidates: [{ content: { parts: [{ text: "Hello" }], role: "model" }, finishReason: "STOP", index: 0 }],
      usageMetadata: {
        promptTokenCount: 12,
        candidatesTokenCount: 19,
        totalTokenCount: 31,
        cachedContentTokenCount: 4,
      },
      modelVersion: "gemini-2.5-flash",
      responseId: "r1",
    });
    expect(span.getAttribute("mlflow.chat.tokenUsage")).toEqual(USAGE);
    expect(calls[0]?.headers.get("traceparent")).toContain(span.spanId);
  });

  it("keeps thoughts, signatures and function calls apart", async () => {
    const call = { functionCall: { name: "get_weather", args: { city: "Oslo" } }, thoughtSignature: "c2ln" };
    const chunks = streamed(
      [{ text: "I ", thought: true }],
      [{ text: "think.", thought: true }, { text: "So" }],
      [{ text: " it is." }, { text: "", thoughtSignature: "ZW5k" }],
      [call, { text: "Bye" }],
    );
    const { client } = setUp({ chunks });
    for await (const _ of await client.models.generateContentStream(REQUEST));
    expect(parts((await traces.onlySpan()).outputs)).toEqual([
      { text: "I think.", thought: true },
      { text: "So it is." },
      { text: "", thoughtSignature: "ZW5k" },
      call,
      { text: "Bye" },
    ]);
  });

  it("is OK with what had come when the reader breaks", async () => {
    const { client } = setUp({ chunks: HELLO, hang: true });
    for await (const _ of await client.models.generateContentStream(REQUEST)) break;
    const span = await traces.onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.OK);
    expect(parts(span.outputs)).toEqual([{ text: "Hel" }]);
  });

  it("records a stream that is cut, with what had come", async () => {
    const { client } = setUp({ chunks: HELLO.slice(0, 1), cut: true });
    await expect(client.models.generateContentStream(REQUEST).then(read)).rejects.toThrow("connection reset");
    const span = await traces.onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(parts(span.outputs)).toEqual([{ text: "Hel" }]);
  });

  it("records an error in the middle of a stream", async () => {
    const error = { error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } };
    const { client } = setUp({ chunks: [HELLO[0], error] });
    await expect(client.models.generateContentStream(REQUEST).then(read)).rejects.toThrow("overloaded");
    const span = await traces.onlySpan();
    expect(span.status.description).toContain("overloaded");
    expect(parts(span.outputs)).toEqual([{ text: "Hel" }]);
  });

  it("records a refusal before the stream", async () => {
    const { client } = setUp({ status: 429, json: { error: { code: 429, message: "Slow down", status: "X" } } });
    await expect(client.models.generateContentStream(REQUEST)).rejects.toThrow("Slow down");
    const span = await traces.onlySpan();
    expect([span.status.statusCode, span.outputs]).toEqual([SpanStatusCode.ERROR, undefined]);
  });

  it("records an abort that the reader runs into as its failure", async () => {
    const { client } = setUp({ chunks: HELLO, hang: true });
    const controller = new AbortController();
    const config = { abortSignal: controller.signal };
    const reading = async () => {
      for await (const _ of await client.models.generateContentStream({ ...REQUEST, config })) controller.abort();
    };
    await expect(reading()).rejects.toThrow();
    const span = await traces.onlySpan();
    expect(span.status.statusCode).toBe(SpanStatusCode.ERROR);
    expect(parts(span.outputs)).toEqual([{ text: "Hel" }]);
  });

  it("ends the span of a stream that is aborted and read no more, or never", async () => {
    const { client } = setUp({ chunks: HELLO }, { chunks: HELLO });
    for (const chunks of [0, 1]) {
      const controller = new AbortController();
      const config = { abortSignal: controller.signal };
      const stream = await client.models.generateContentStream({ ...REQUEST, config });
      if (chunks > 0) await stream.next();
      controller.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      const span = await traces.onlySpan();
      expect(span.status.statusCode).toBe(SpanStatusCode.OK);
      expect(span.outputs === undefined).toBe(chunks === 0);
    }
  });

  it("forgets a signal that outlives the stream", async () => {
    const { client } = setUp({ chunks: HELLO });
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<AbortSignal["addEventListener"]>) => {
      listeners.add(args[1]);
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<AbortSignal["removeEventListener"]>) => {
      listeners.delete(args[1]);
      removeEventListener.apply(signal, args);
    };
    const stream = await client.models.generateContentStream({ ...REQUEST, config: { abortSignal: signal } });
    const during = listeners.size;
    await read(stream);
    expect(during - listeners.size).toBe(1);
  });

  it("goes on with a reader that goes on in spite of an abort", async () => {
    const controller = new AbortController();
    async function* slow() {
      yield HELLO[0];
      controller.abort();
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield HELLO[1];
    }
    const client = tracedGemini({ models: { generateContentStream: async (_: object) => slow() } });
    const config = { abortSignal: controller.signal };
    for await (const _ of await client.models.generateContentStream({ ...REQUEST, config }));
    expect(parts((await traces.onlySpan()).outputs)).toEqual([{ text: "Hello" }]);
  });

  it("can be disposed of where generators can", async () => {
    const key: symbol = Reflect.get(Symbol, "asyncDispose");
    const source = async function* () {
      yield* HELLO;
    };
    const stream = Object.assign(source(), { [key]: async () => {} });
    const client = tracedGemini({ models: { generateContentStream: async (_: object) => stream } });
    const traced = (await client.models.generateContentStream(REQUEST)) as unknown as Record<
      symbol,
      () => Promise<void>
    > &
      AsyncIterator<unknown>;
    await traced.next();
    await traced[key]?.();
    expect(parts((await traces.onlySpan()).outputs)).toEqual([{ text: "Hel" }]);
  });

  it("can be returned, thrown into and read by hand", async () => {
    const { client } = setUp({ chunks: HELLO }, { chunks: HELLO });
    const stream = await client.models.generateContentStream(REQUEST);
    expect((await stream.next()).value.text).toBe("Hel");
    expect(await stream.return("bye")).toEqual({ done: true, value: "bye" });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect((await traces.onlySpan()).status.statusCode).toBe(SpanStatusCode.OK);
    const other = await client.models.generateContentStream(REQUEST);
    await expect(other.throw(new Error("no"))).rejects.toThrow("no");
    expect((await traces.onlySpan()).status.description).toContain("no");
  });

  it("joins the trace of a root that ended before the stream was read", async () => {
    const { client } = setUp({ chunks: HELLO });
    const stream = await withSpan(() => client.models.generateContentStream(REQUEST), { name: "root" });
    const id = getLastActiveTraceId() ?? "";
    await read(stream);
    const { info, data } = await traces.byId(id);
    expect(data.spans.map(({ name }) => name)).toEqual(["root", "generateContentStream"]);
    expect(info.tokenUsage).toEqual(USAGE);
  });

  it("leaves the span of a stream open until it is read", async () => {
    const { client } = setUp({ chunks: HELLO });
    const before = getLastActiveTraceId();
    const stream = await client.models.generateContentStream(REQUEST);
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
    await read(stream);
    expect(getLastActiveTraceId()).not.toBe(before);
  });
});
