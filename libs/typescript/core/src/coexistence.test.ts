import { context, trace as otel } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { describe, expect, it } from "vitest";
import { flushTraces, getCurrentActiveSpan, getLastActiveTraceId, init, MlflowClient, withSpan } from "./index.js";
import { FakeTrackingServer } from "./testing/fake-tracking-server.js";

describe("an application that has registered its own OpenTelemetry provider", () => {
  const theirs = new InMemorySpanExporter();
  otel.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(theirs)] }));
  const server = new FakeTrackingServer();
  server.install();
  init({ trackingUri: server.uri, experimentId: "1" });

  const within = <T>(name: string, fn: () => T): T =>
    otel.getTracer("theirs").startActiveSpan(name, (span) => {
      try {
        return fn();
      } finally {
        span.end();
      }
    });

  it("keeps its spans to itself and still gets MLflow's", async () => {
    await within("request", async () => {
      await withSpan(() => within("query", () => withSpan(() => 1, { name: "inner" })), { name: "outer" });
    });
    await flushTraces();
    const { spans } = (await new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "")).data;
    expect(spans.map(({ name }) => name)).toEqual(["outer", "inner"]);
    expect(spans[0]?.parentId).toBeNull();
    expect(spans[1]?.parentId).toBe(spans[0]?.spanId);
    expect(theirs.getFinishedSpans().map(({ name }) => name)).toEqual(["query", "request"]);
  });

  it("gives each root under a foreign span a trace of its own", async () => {
    const ids = within("request", () => [withSpan((span) => span.traceId), withSpan((span) => span.traceId)]);
    expect(new Set(ids).size).toBe(2);
    expect(otel.getSpan(context.active())).toBeUndefined();
    expect(getCurrentActiveSpan()).toBeNull();
  });
});
