import { context, trace as otel, propagation } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { flushTraces, getLastActiveTraceId, init, shutdown, startSpan, withSpan } from "./index.js";
import { FakeTrackingServer } from "./testing/fake-tracking-server.js";

const server = new FakeTrackingServer();
server.install();
const start = () => init({ trackingUri: server.uri, experimentId: "1" });

describe("shutdown", () => {
  it("waits for traces under way, then leaves nothing behind", async () => {
    start();
    withSpan(() => 1, { name: "before" });
    startSpan({ name: "never ended" });
    await shutdown();
    expect(server.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(getLastActiveTraceId()).toBeUndefined();
    expect(withSpan((span) => span.traceId)).toBe("no-op-span-trace-id");
    expect(otel.getTracer("x").startSpan("theirs").isRecording()).toBe(false);
    expect(propagation.fields()).toEqual([]);
    expect(context.active()).toBeDefined();
  });

  it("may be followed by another init, and is harmless without one", async () => {
    await shutdown();
    start();
    withSpan(() => 1, { name: "after" });
    await flushTraces();
    expect(getLastActiveTraceId()).toMatch(/^tr-/);
    await shutdown();
    await shutdown();
  });
});
