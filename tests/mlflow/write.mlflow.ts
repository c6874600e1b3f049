import { randomUUID } from "node:crypto";
import { flushTraces, init, MlflowClient } from "mlflow-tracing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { expectedTrace, type Style } from "./support/expected";
import { type ProxyWithoutOtlp, startProxyWithoutOtlp } from "./support/proxy";
import { readWithPython, searchWithPython } from "./support/python";
import type { TraceRecord } from "./support/record";
import { type WrittenTrace, writeTrace } from "./support/trace-spec";
import { CASES } from "./traces";

const { trackingUri } = testEnvironment();
const client = new MlflowClient({ trackingUri });
let proxy: ProxyWithoutOtlp;
beforeAll(async () => {
  proxy = await startProxyWithoutOtlp(trackingUri);
});
afterAll(() => proxy.close());

/** The size is of the bytes sent; that it is a number is all that matters. */
function withoutSize(trace: TraceRecord, style: Style): TraceRecord {
  const { "mlflow.trace.sizeBytes": size, ...metadata } = trace.info.metadata;
  if (style === "otlp") expect(size).toMatch(/^\d+$/);
  else expect(size).toBeUndefined();
  return { ...trace, info: { ...trace.info, metadata } };
}

describe.each<Style>(["otlp", "traces.json"])("traces that we write by %s", (style) => {
  let experimentId: string;
  let written: WrittenTrace[];
  let python: TraceRecord[];
  const expected = (at: number) => {
    const { spec, derived } = CASES[at] ?? {
      spec: { spans: [] },
      derived: { requestPreview: null, responsePreview: null },
    };
    return expectedTrace(spec, derived, written[at] ?? { traceId: "", spanIds: [] }, { experimentId, style });
  };

  beforeAll(async () => {
    experimentId = await client.createExperiment(`write ${style} ${randomUUID()}`);
    init({ trackingUri: style === "otlp" ? trackingUri : proxy.uri, experimentId });
    written = CASES.map(({ spec }) => writeTrace(spec));
    await flushTraces();
    python = await readWithPython(written.map(({ traceId }) => traceId));
  });

  it("came that way", () => {
    const uploads = proxy.requests.filter((request) => /^PUT .*\/traces\.json$/.test(request));
    expect(uploads).toHaveLength(style === "otlp" ? 0 : CASES.length);
    expect(proxy.requests.includes("POST /v1/traces")).toBe(style === "traces.json");
  });

  it.each(CASES.map(({ name }, at) => [name, at] as const))("Python reads %s equal", (_name, at) => {
    expect(withoutSize(python[at] as TraceRecord, style)).toStrictEqual(expected(at));
  });

  it.each(CASES.map(({ name }, at) => [name, at] as const))("our client reads %s equal", async (_name, at) => {
    const trace = await client.getTrace(written[at]?.traceId ?? "");
    expect(withoutSize(traceFromClient(trace), style)).toStrictEqual(expected(at));
  });

  it("Python finds them all by mlflow.search_traces, spans included", async () => {
    const found = await searchWithPython({ experiment_id: experimentId });
    const byId = new Map(found.map((trace) => [trace.info.traceId, trace]));
    expect(byId.size).toBe(CASES.length);
    for (const trace of python) expect(byId.get(trace.info.traceId)).toStrictEqual(trace);
  });
});
