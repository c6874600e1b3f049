import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  flushTraces,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  init,
  MlflowClient,
  SpanStatusCode,
  SpanType,
  startSpan,
  type Trace,
  TraceState,
  trace,
  tracingContext,
  updateCurrentTrace,
  withSpan,
} from "../index.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";

let server: FakeTrackingServer;
let undo: () => void;

beforeEach(() => {
  server = new FakeTrackingServer();
  undo = server.install();
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterEach(async () => {
  await flushTraces();
  undo();
});

async function lastTrace(): Promise<Trace> {
  await flushTraces();
  return new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "");
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a trace, from the program to the server and back", () => {
  it("records a synchronous span with inputs and outputs", async () => {
    const result = withSpan((span) => {
      span.setInputs({ a: 1 });
      return 2;
    });
    expect(result).toBe(2);
    const { info, data } = await lastTrace();
    expect(info.state).toBe(TraceState.OK);
    expect(info.tags["mlflow.traceName"]).toBe("span");
    expect(info.requestPreview).toBe('{"a":1}');
    expect(info.responsePreview).toBe("2");
    expect(data.spans).toHaveLength(1);
    expect(data.spans[0]).toMatchObject({
      name: "span",
      inputs: { a: 1 },
      outputs: 2,
      spanType: "UNKNOWN",
      parentId: null,
    });
    expect(data.spans[0]?.traceId).toBe(info.traceId);
    expect(data.spans[0]?.logLevel).toBe(10);
  });

  it("keeps falsy values and null", async () => {
    for (const value of [0, "", false, null]) {
      startSpan({ name: "falsy", inputs: value }).end({ outputs: value });
      const { data } = await lastTrace();
      expect(data.spans[0]?.inputs).toBe(value);
      expect(data.spans[0]?.outputs).toBe(value);
    }
  });

  it("gives concurrent calls their own parents", async () => {
    const leaf = trace(async function leaf(n: number) {
      await wait(10 - n);
      return n;
    });
    const branch = trace(async function branch(n: number) {
      await wait(n);
      return leaf(n);
    });
    const ids = await Promise.all(
      [1, 2, 3].map((n) =>
        withSpan(
          async (span) => {
            await Promise.all([branch(n), branch(n + 3)]);
            return span.traceId;
          },
          { name: `root ${n}` },
        ),
      ),
    );
    await flushTraces();
    const client = new MlflowClient({ trackingUri: server.uri });
    for (const [at, id] of ids.entries()) {
      const { spans } = (await client.getTrace(id)).data;
      expect(spans.map(({ name }) => name).sort()).toEqual(["branch", "branch", "leaf", "leaf", `root ${at + 1}`]);
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      for (const span of spans.filter(({ name }) => name === "leaf")) {
        const parent = byId.get(span.parentId ?? "");
        expect(parent?.name).toBe("branch");
        expect(parent?.inputs).toEqual(span.inputs);
      }
    }
  });

  it("rethrows the very same error and records it", async () => {
    const error = new TypeError("no such city");
    const fail = trace(
      async function lookUp(_city: string): Promise<string> {
        await wait(1);
        throw error;
      },
      { spanType: SpanType.TOOL },
    );
    await expect(fail("Atlantis")).rejects.toBe(error);
    const { info, data } = await lastTrace();
    const [span] = data.spans;
    expect(info.state).toBe(TraceState.ERROR);
    expect(span?.status).toMatchObject({ statusCode: SpanStatusCode.ERROR, description: "no such city" });
    expect(span?.outputs).toBeUndefined();
    expect(span?.inputs).toEqual({ _city: "Atlantis" });
    expect(span?.logLevel).toBe(40);
    expect(span?.events[0]).toMatchObject({ name: "exception", attributes: { "exception.type": "TypeError" } });
  });

  it("writes the ids, attributes and times that Python reads", async () => {
    withSpan(() => withSpan(() => "x", { name: "inner" }), { name: "outer" });
    await flushTraces();
    const id = getLastActiveTraceId() ?? "";
    const [outer, inner] = server.spans(id);
    expect(Buffer.from(String(outer?.trace_id), "base64").toString("hex")).toBe(id.slice(3));
    expect(inner?.parent_span_id).toBe(outer?.span_id);
    expect(outer?.parent_span_id).toBe("");
    expect(outer?.attributes).toMatchObject({
      "mlflow.traceRequestId": JSON.stringify(id),
      "mlflow.spanOutputs": '"x"',
    });
    expect(inner?.attributes).toMatchObject({ "mlflow.traceRequestId": JSON.stringify(id) });
    expect(typeof outer?.start_time_unix_nano).toBe("bigint");
    expect((inner?.start_time_unix_nano as bigint) > (outer?.start_time_unix_nano as bigint)).toBe(true);
  });

  it("never sends the tags of the server back for a new trace", async () => {
    withSpan(() => 1);
    await flushTraces();
    const posts = server.requests.filter(({ path }) => path === "/api/3.0/mlflow/traces");
    expect(posts).toHaveLength(1);
    expect(posts[0]?.body).not.toContain("artifactLocation");
  });

  it("takes tags, metadata and previews from inside", async () => {
    expect(getCurrentActiveSpan()).toBeNull();
    tracingContext({ sessionId: "s-1", user: "kari", tags: { team: "north" } }, () =>
      withSpan((span) => {
        expect(getCurrentActiveSpan()).toBe(span);
        updateCurrentTrace({ tags: { a: "b" }, metadata: { c: "d" }, requestPreview: "asked", clientRequestId: "r-1" });
      }),
    );
    const { info } = await lastTrace();
    expect(info.tags).toMatchObject({ a: "b", team: "north" });
    expect(info.traceMetadata).toMatchObject({ c: "d", "mlflow.trace.session": "s-1", "mlflow.trace.user": "kari" });
    expect(info.requestPreview).toBe("asked");
    expect(info.clientRequestId).toBe("r-1");
  });

  it("records nothing where tracing is disabled", async () => {
    const before = getLastActiveTraceId();
    const result = tracingContext({ enabled: false }, () => withSpan(() => withSpan(() => 7)));
    expect(result).toBe(7);
    await flushTraces();
    expect(getLastActiveTraceId()).toBe(before);
    expect(server.requests).toHaveLength(0);
  });

  it("exports a trace again when a span outlives its root", async () => {
    const late = withSpan(() => startSpan({ name: "late" }), { name: "root" });
    await flushTraces();
    const id = getLastActiveTraceId() ?? "";
    expect(server.spans(id).map(({ end_time_unix_nano }) => end_time_unix_nano === null)).toEqual([false, true]);
    late.end({ outputs: "done" });
    await flushTraces();
    const trace = await new MlflowClient({ trackingUri: server.uri }).getTrace(id);
    expect(trace.data.spans.map(({ endTime }) => endTime !== null)).toEqual([true, true]);
    expect(trace.data.spans[1]?.outputs).toBe("done");
  });
});
