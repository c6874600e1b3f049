import { beforeEach, describe, expect, it } from "vitest";
import {
  type CallRecorder,
  type ControlledStream,
  InMemoryTraceExporter,
  init,
  type LiveSpan,
  observeIterator,
  observeStream,
  recordPromise,
  type Span,
  startCall,
  traceparentOf,
  tracingContext,
  withTraceparent,
} from "../index.js";

const exporter = new InMemoryTraceExporter();
init({ exporter });
beforeEach(() => exporter.clear());

const lastSpan = (): Span | undefined => exporter.traces.at(-1)?.trace.data.spans[0];
function begin(options: Partial<Parameters<typeof startCall>[0]> = {}): CallRecorder {
  const recorder = startCall({ name: "call", ...options });
  if (!recorder) throw new Error("nothing is recorded");
  return recorder;
}

describe("recordPromise", () => {
  /** A promise like those of the clients: lazy helpers that make others of it. */
  class ApiPromise extends Promise<unknown> {
    _thenUnwrap(transform: (value: unknown, props: unknown) => unknown): Promise<unknown> {
      return this.then((value) => transform(value, {}));
    }
  }

  it("ends the span with what is made of the promise", async () => {
    const view = recordPromise(ApiPromise.resolve(20) as ApiPromise, begin());
    expect(await view._thenUnwrap((value) => Number(value) + 1)).toBe(21);
    expect(lastSpan()?.outputs).toBe(21);
  });

  it("keeps the answer of which nothing could be made, and throws the same error", async () => {
    const view = recordPromise(ApiPromise.resolve("not JSON") as ApiPromise, begin());
    const error = new SyntaxError("x");
    const made = view._thenUnwrap(() => {
      throw error;
    });
    await expect(made).rejects.toBe(error);
    expect(lastSpan()).toMatchObject({ outputs: "not JSON", status: { statusCode: "STATUS_CODE_ERROR" } });
  });

  it("has no helper that the promise has not", () => {
    const view = recordPromise(Promise.resolve(1), begin());
    expect(Reflect.get(view, "_thenUnwrap")).toBeUndefined();
    expect(view).toBeInstanceOf(Promise);
  });
});

describe("streams", () => {
  const parts = () => {
    const seen: unknown[] = [];
    return { add: (part: unknown) => void seen.push(part), snapshot: () => seen };
  };

  it("are followed where the client takes their iterator from, so that branches of tee() count as reading", async () => {
    async function* numbers() {
      yield 1;
      yield 2;
    }
    const stream: ControlledStream = {
      controller: new AbortController(),
      iterator: () => numbers(),
      [Symbol.asyncIterator]() {
        return this.iterator?.() ?? numbers();
      },
    };
    observeStream(stream, begin(), parts());
    const branch = stream.iterator?.();
    while (!(await branch?.next())?.done) {}
    expect(lastSpan()?.outputs).toEqual([1, 2]);
  });

  it.skipIf(!("asyncDispose" in Symbol))("close at the end of `await using`", async () => {
    let closed = false;
    async function* numbers() {
      try {
        yield 1;
        yield 2;
      } finally {
        closed = true;
      }
    }
    const source = Object.assign(numbers(), { [Symbol.asyncDispose]: async () => {} });
    const iterator = observeIterator(source, begin(), parts());
    await iterator.next();
    await Reflect.get(iterator, Symbol.asyncDispose).call(iterator);
    expect([closed, lastSpan()?.outputs]).toEqual([true, [1]]);
  });
});

describe("startCall", () => {
  it("lets the answer describe the call, and survives readers that throw", () => {
    const readAttributes = (answer: unknown) => ({ "mlflow.llm.model": (answer as { model: string }).model });
    begin({ readAttributes }).finish({ model: "m-2" });
    expect(lastSpan()?.getAttribute("mlflow.llm.model")).toBe("m-2");
    const fail = () => {
      throw new Error("unreadable");
    };
    begin({ readAttributes: fail, readUsage: fail }).finish("answer");
    expect(lastSpan()?.outputs).toBe("answer");
  });

  it("leaves out the fields that are not sent", () => {
    begin({ inputs: { model: "m", stop: undefined } }).finish();
    expect(lastSpan()?.getAttributeJson("mlflow.spanInputs")).toBe('{"model":"m"}');
  });

  it("moves images to the trace's attachments", () => {
    const url = `data:image/png;base64,${btoa("pixels")}`;
    begin({ inputs: { messages: [{ image_url: { url } }] } }).finish();
    const [attachment] = exporter.traces[0]?.attachments ?? [];
    expect(attachment?.contentType).toBe("image/png");
    expect(new TextDecoder().decode(attachment?.data)).toBe("pixels");
    expect(JSON.stringify(lastSpan()?.inputs)).toContain(`mlflow-attachment://${attachment?.id}?`);
  });

  it("is undefined where tracing is off", () => {
    expect(tracingContext({ enabled: false }, () => startCall({ name: "x" }))).toBeUndefined();
  });
});

describe("traceparent", () => {
  const span = (): LiveSpan => begin().span;

  it("names the span, and is nothing for a span that records nothing", async () => {
    const live = span();
    expect(traceparentOf(live)).toBe(`00-${live.traceId.slice(3)}-${live.spanId}-01`);
    const { NoOpSpan } = await import("../index.js");
    expect(withTraceparent({ a: "b" }, new NoOpSpan())).toEqual({ a: "b" });
  });

  it.each([[undefined], [null], [{}], [[]], [new Headers()]])("is added to headers in the form of %j", (headers) => {
    const live = span();
    expect(new Headers(withTraceparent(headers, live) as HeadersInit).get("traceparent")).toBe(traceparentOf(live));
  });
});
