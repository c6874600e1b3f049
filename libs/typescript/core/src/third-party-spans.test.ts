import { trace as otel } from "@opentelemetry/api";
import { beforeAll, describe, expect, it } from "vitest";
import {
  flushTraces,
  getCurrentActiveSpan,
  InMemoryTraceManager,
  init,
  MlflowClient,
  NoOpSpan,
  PassThroughTracerProvider,
  registerOnSpanEndHook,
  registerOnSpanStartHook,
  setDiagnosticSink,
  startSpan,
  updateCurrentTrace,
  withSpan,
} from "./index.js";
import { FakeTrackingServer } from "./testing/fake-tracking-server.js";

const server = new FakeTrackingServer();

describe("before init", () => {
  it("does nothing, and nothing throws", async () => {
    const undo = setDiagnosticSink(() => {});
    const span = startSpan({ name: "early", inputs: { a: 1 } });
    expect(span).toBeInstanceOf(NoOpSpan);
    span.setInputs(1);
    span.recordException(new Error("x"));
    span.end({ outputs: 1 });
    expect([span.traceId, span.spanId, span.inputs, span.attributes]).toEqual(["no-op-span-trace-id", "", null, {}]);
    expect(withSpan((inner) => inner.name)).toBe("");
    await expect(withSpan(() => Promise.reject(new RangeError("r")))).rejects.toBeInstanceOf(RangeError);
    updateCurrentTrace({ tags: { a: "b" } });
    expect(getCurrentActiveSpan()).toBeNull();
    await flushTraces();
    undo();
  });

  it.each([
    [{}, "trackingUri"],
    [{ trackingUri: "http://a.test" }, "MLFLOW_EXPERIMENT_ID"],
    [{ trackingUri: "", experimentId: "1" }, "trackingUri"],
    [{ trackingUri: 5 as never, experimentId: "1" }, "trackingUri must be a string"],
    [{ trackingUri: "http://a.test", experimentId: 5 as never }, "experimentId must be a string"],
    [{ trackingUri: "nonsense", experimentId: "1" }, "Invalid trackingUri: 'nonsense'"],
    [{ trackingUri: "databricks", experimentId: "1" }, "Databricks host not found"],
  ])("init refuses %j", (options, message) => expect(() => init(options)).toThrow(message));
});

describe("spans of other libraries", () => {
  beforeAll(() => {
    server.install();
    init({ trackingUri: server.uri, experimentId: "1" });
  });

  it("join the trace, with native values told apart from JSON", async () => {
    const id = withSpan(
      (root) => {
        const span = otel
          .getTracer("library")
          .startSpan("query", { attributes: { rows: 3, sql: "12", flags: [true] } });
        span.setAttribute("mlflow.llm.model", '"m"');
        span.end();
        return root.traceId;
      },
      { name: "root" },
    );
    await flushTraces();
    const [, query] = (await new MlflowClient({ trackingUri: server.uri }).getTrace(id)).data.spans;
    expect(query).toMatchObject({
      name: "query",
      spanType: "UNKNOWN",
      status: { statusCode: "STATUS_CODE_OK" },
      logLevel: 10,
    });
    expect(query?.attributes).toMatchObject({ rows: 3, sql: "12", flags: [true], "mlflow.llm.model": "m" });
    expect(query?.getAttribute("mlflow.traceRequestId")).toBe(id);
  });

  it("stand for the active span under a pass-through provider", () => {
    const tracer = new PassThroughTracerProvider().getTracer();
    withSpan((active) => {
      const span = tracer.startSpan("own");
      expect(span.isRecording()).toBe(false);
      expect(span.spanContext()).toMatchObject({ spanId: active.spanId, traceId: active.traceId.slice(3) });
      expect(tracer.startActiveSpan("own", (inner) => inner.spanContext().spanId)).toBe(active.spanId);
    });
    expect(otel.isSpanContextValid(tracer.startSpan("outside").spanContext())).toBe(false);
  });

  it("are seen by hooks, which may change ended spans and may fail", async () => {
    const seen: string[] = [];
    const undos = [
      registerOnSpanStartHook((span) => void seen.push(`start ${span.name}`)),
      registerOnSpanEndHook((span) => {
        span.allowMutatingEndedSpan = true;
        span.setOutputs("changed");
        span.setStatus("ERROR", "found out late");
        seen.push(`end ${span.name}`);
      }),
      registerOnSpanStartHook(() => {
        throw new Error("hook");
      }),
      setDiagnosticSink((message) => void seen.push(message)),
    ];
    const id = withSpan((span) => span.traceId, { name: "hooked" });
    for (const undo of undos) undo();
    await flushTraces();
    expect(seen).toEqual(["start hooked", "A span start hook failed", "end hooked"]);
    const trace = await new MlflowClient({ trackingUri: server.uri }).getTrace(id);
    expect(trace.data.spans[0]?.outputs).toBe("changed");
    expect(trace.data.spans[0]?.status.description).toBe("found out late");
    expect(trace.info.state).toBe("ERROR");
  });
});

describe("attributes whose keys every object has", () => {
  it.each(["__proto__", "constructor", "toString"])("%s is a key like any other", (key) => {
    const span = startSpan({ name: "odd" });
    expect(span.getAttribute(key)).toBeUndefined();
    span.setAttribute(key, { a: 1 });
    expect(span.getAttribute(key)).toEqual({ a: 1 });
    expect(Object.getOwnPropertyDescriptor(span.attributes, key)?.value).toEqual({ a: 1 });
    expect(Object.keys(span.toJson().attributes)).toContain(key);
    span.end();
  });
});

describe("limits and late comers", () => {
  it("drops the oldest trace in progress beyond the limit, and counts it", async () => {
    const problems: string[] = [];
    const undo = setDiagnosticSink((message) => void problems.push(message));
    const spans = Array.from({ length: 1_001 }, (_, n) => startSpan({ name: `open ${n}` }));
    const manager = InMemoryTraceManager.getInstance();
    expect(manager.dropped.traces).toBe(1);
    expect(manager.getTrace(spans[0]?.traceId ?? "")).toBeNull();
    expect(problems).toHaveLength(1);
    for (const span of spans) span.end();
    await flushTraces();
    undo();
  });

  it("starts a new trace below a parent whose trace is finished", async () => {
    const parent = startSpan({ name: "parent" });
    parent.end();
    const child = startSpan({ name: "child", parent });
    expect(child.parentId).toBeNull();
    expect(child.traceId).not.toBe(parent.traceId);
    child.end();
    child.end();
    child.setOutputs("too late");
    expect(child.outputs).toBeUndefined();
    await flushTraces();
  });

  it("settles the last status, whatever the order", () => {
    const span = startSpan({ name: "changed" });
    span.setStatus("OK");
    span.setStatus("ERROR", "after all");
    span.end();
    expect(span.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "after all" });
    const critical = startSpan({ name: "critical" });
    critical.setLogLevel("critical");
    critical.recordException(new Error("x"));
    critical.end();
    expect(critical.logLevel).toBe(50);
    expect(() => startSpan({ name: "x" }).setLogLevel("loud")).toThrow("Invalid SpanLogLevel");
  });
});
