import { randomUUID } from "node:crypto";
import { flushTraces, init, MlflowClient, startSpan, withTracingContextFromHeaders } from "mlflow-tracing";
import { beforeAll, describe, expect, it } from "vitest";
import { traceFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { startProgram } from "./support/program";
import { callPython, readWithPython } from "./support/python";
import type { SpanRecord, TraceRecord } from "./support/record";

const CALLS = 8;
const { trackingUri } = testEnvironment();
const client = new MlflowClient({ trackingUri });

describe("a trace of two Node.js processes", () => {
  let ids: { traceId: string; rootId: string; spanIds: string[] };
  let trace: TraceRecord;
  const named = (name: string) => Object.values(trace.spans).filter((span) => span.name === name);
  const parentsOf = (spans: readonly SpanRecord[]) => spans.map(({ parentId }) => parentId).sort();
  const idsOf = (spans: readonly SpanRecord[]) => spans.map(({ spanId }) => spanId).sort();

  beforeAll(async () => {
    const experimentId = await client.createExperiment(`distributed ${randomUUID()}`);
    const service = startProgram("service.ts", [trackingUri, experimentId]);
    const url = `http://127.0.0.1:${await service.answer}`;
    const caller = startProgram("caller.ts", [trackingUri, experimentId, url, String(CALLS)]);
    ids = (await caller.answer) as typeof ids;
    service.process.stdin?.end();
    expect([await caller.ended, await service.ended]).toEqual([0, 0]);
    [trace] = (await readWithPython([ids.traceId])) as [TraceRecord];
  });

  it("has all spans of both", () => {
    const count = (name: string) => named(name).length;
    expect([count("root"), count("call"), count("/handle"), count("work"), count("/inner")]).toEqual([1, 8, 8, 8, 8]);
    expect(Object.keys(trace.spans)).toHaveLength(1 + 4 * CALLS);
    expect(trace.info).toMatchObject({ traceId: ids.traceId, state: "OK" });
    const pids = Object.values(trace.spans).flatMap(({ attributes }) => ("pid" in attributes ? [attributes.pid] : []));
    expect(new Set(pids).size).toBe(2);
  });

  it("has the right parents", () => {
    expect(named("root")).toMatchObject([{ spanId: ids.rootId, parentId: null }]);
    expect(idsOf(named("call"))).toEqual([...ids.spanIds].sort());
    expect(new Set(parentsOf(named("call")))).toEqual(new Set([ids.rootId]));
    expect(parentsOf(named("/handle"))).toEqual(idsOf(named("call")));
    expect(parentsOf(named("work"))).toEqual(idsOf(named("/handle")));
    expect(parentsOf(named("/inner"))).toEqual(idsOf(named("work")));
  });

  it("is read the same by our client", async () => {
    expect(traceFromClient(await client.getTrace(ids.traceId))).toStrictEqual(trace);
  });
});

describe("a trace of Python and Node.js", () => {
  let experimentId: string;
  beforeAll(async () => {
    experimentId = await client.createExperiment(`distributed with Python ${randomUUID()}`);
    init({ trackingUri, experimentId });
  });

  it("that begins here has Python's span below ours", async () => {
    const root = startSpan({ name: "ours" });
    const headers = { traceparent: `00-${root.traceId.slice(3)}-${root.spanId}-01` };
    const spanId = await callPython<string>("continue_trace", { headers, experiment_id: experimentId });
    root.end();
    await flushTraces();
    const [trace] = await readWithPython([root.traceId]);
    expect(Object.keys(trace?.spans ?? {}).sort()).toEqual([root.spanId, spanId].sort());
    expect(trace?.spans[spanId]).toMatchObject({ name: "Python's", parentId: root.spanId });
    expect(trace?.info).toMatchObject({ state: "OK", tags: { "mlflow.traceName": "ours" } });
  });

  it("that begins in Python has our span below Python's", async () => {
    const begun = await callPython<{ headers: Record<string, string>; traceId: string; spanId: string }>(
      "begin_trace",
      {
        experiment_id: experimentId,
      },
    );
    const spanId = withTracingContextFromHeaders(begun.headers, () => {
      const span = startSpan({ name: "ours", inputs: "12" });
      span.end();
      return span.spanId;
    });
    await flushTraces();
    await callPython("end_trace", {});
    const [trace] = await readWithPython([begun.traceId]);
    expect(Object.keys(trace?.spans ?? {}).sort()).toEqual([begun.spanId, spanId].sort());
    expect(trace?.spans[spanId]).toMatchObject({ name: "ours", parentId: begun.spanId, inputs: "12" });
    expect(trace?.info).toMatchObject({ state: "OK", tags: { "mlflow.traceName": "Python's" } });
  });
});
