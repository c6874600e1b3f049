import { context, createContextKey } from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { init, MlflowClient, setDiagnosticSink, shutdown, startSpan, withSpan } from "../index.js";
import { parseJson } from "../json/bigint-json.js";
import { asRecord } from "../json/read.js";
import { exporterTo } from "../testing/exporter.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";
import { sampleTrace, sampleTraceId } from "../testing/sample-trace.js";
import type { FinishedTrace } from "./trace-exporter.js";

let server: FakeTrackingServer;
let problems: string[];
let undos: (() => unknown)[];

beforeEach(() => {
  server = new FakeTrackingServer({ otlp: true });
  problems = [];
  undos = [server.install(), setDiagnosticSink((message) => void problems.push(message))];
});
afterEach(async () => {
  for (const undo of undos.reverse()) await undo();
  vi.useRealTimers();
});

function started(uri = server.uri, options: Parameters<typeof exporterTo>[1] = {}) {
  const exporter = exporterTo(uri, options);
  undos.push(() => exporter.close());
  return exporter;
}

const INFO = "/api/3.0/mlflow/traces";
const infoOf = (n: number) => asRecord(server.infos.get(sampleTraceId(n)));

describe("a server with OTLP", () => {
  it("gets the spans, then the info", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ spans: 2 }));
    await exporter.flush();
    expect(server.requests.map(({ method, path }) => [method, path])).toEqual([
      ["POST", "/v1/traces"],
      ["POST", INFO],
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      "x-mlflow-experiment-id": "1",
      "content-type": "application/json",
      authorization: "Bearer secret",
    });
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(2);
  });

  it("may have a path prefix", async () => {
    const exporter = started(`${server.uri}/prefix/`);
    server.fault = ({ path }) => (path === `/prefix${INFO}` ? new Response('{"trace":{"trace_info":{}}}') : undefined);
    exporter.export(sampleTrace());
    await exporter.flush();
    expect(server.requests.map(({ path }) => path)).toEqual(["/prefix/v1/traces", `/prefix${INFO}`]);
  });

  it("is sent to the experiment of the trace", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ experimentId: "42" }));
    await exporter.flush();
    expect(server.requests[0]?.headers["x-mlflow-experiment-id"]).toBe("42");
  });

  it("gets a large trace in parts, compressed, and the info last", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ spans: 4_500 }));
    await exporter.flush();
    const bodies = server.seen("POST", "/v1/traces");
    expect(bodies.map(({ body }) => body.split('"spanId"').length - 1)).toEqual([2_000, 2_000, 500]);
    expect(bodies.every(({ headers }) => headers["content-encoding"] === "gzip")).toBe(true);
    expect(server.requests.at(-1)?.path).toBe(INFO);
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(4_500);
  });

  it("gets large values in parts of some megabytes", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ spans: 5, attributes: { big: "x".repeat(1_500_000) } }));
    await exporter.flush();
    expect(server.seen("POST", "/v1/traces")).toHaveLength(3);
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(5);
  });

  it("gets the same uncompressed when it cannot read gzip", async () => {
    const exporter = started();
    server.fault = ({ headers }) => (headers["content-encoding"] ? new Response("", { status: 400 }) : undefined);
    for (const n of [1, 2]) {
      exporter.export(sampleTrace({ n, spans: 100 }));
      await exporter.flush();
    }
    expect(server.otlpSpans(sampleTraceId(2))).toHaveLength(100);
    expect(server.requests.map(({ headers }) => headers["content-encoding"])).toEqual([
      "gzip",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(problems).toEqual([]);
  });

  it("gets no open span, and later only what it has not", async () => {
    const exporter = started();
    const open = sampleTrace({ spans: 3, openFrom: 2 });
    exporter.export(open);
    await exporter.flush();
    expect(server.otlpSpans(sampleTraceId(1)).map(({ name }) => name)).toEqual(["span 0", "span 1"]);
    const [late] = sampleTrace({ spans: 3 }).trace.data.spans.slice(2);
    const spans = [...open.trace.data.spans.slice(0, 2), ...(late ? [late] : [])];
    exporter.export({ ...open, trace: Object.assign(sampleTrace().trace, { data: { spans } }) });
    await exporter.flush();
    const [, second] = server.seen("POST", "/v1/traces");
    expect(second?.body.split('"spanId"')).toHaveLength(2);
    expect(second?.body).toContain('"span 2"');
    expect(server.seen("POST", INFO)).toHaveLength(2);
  });

  it("gets no tag of its own back, and a size that is no promise of a number", async () => {
    const exporter = started();
    const finished = sampleTrace({ spans: 2 });
    Object.assign(finished.trace.info.tags, { "mlflow.artifactLocation": "x", "mlflow.trace.spansLocation": "y" });
    finished.trace.info.traceMetadata["mlflow.trace.session"] = "s".repeat(300);
    finished.trace.info.requestPreview = "cut in the middle of \ud83d";
    finished.trace.info.responsePreview = "\\ud83d is text";
    exporter.export(finished);
    await exporter.flush();
    const { trace_info: sent } = asRecord(asRecord(parseJson(server.seen("POST", INFO)[0]?.body ?? "")).trace);
    const { tags, trace_metadata: metadata, request_preview: preview, response_preview: response } = asRecord(sent);
    expect(tags).toEqual({ "mlflow.traceName": "sample" });
    expect(metadata).toMatchObject({ "mlflow.trace.session": "s".repeat(250) });
    expect(metadata).not.toHaveProperty(["mlflow.trace.sizeStats"]);
    const size = Number(asRecord(metadata)["mlflow.trace.sizeBytes"]);
    const body = server.seen("POST", "/v1/traces")[0]?.body ?? "";
    expect(body.length - size).toBeLessThan(100);
    expect(preview).toBe("cut in the middle of \ufffd");
    expect(response).toBe("\\ud83d is text");
    expect(finished.trace.info.tags).toHaveProperty(["mlflow.artifactLocation"], "x");
  });

  it("loses one bad span, not the others", async () => {
    const exporter = started();
    server.fault = ({ body }) =>
      body.includes('"span 77"') ? new Response('{"detail":"Failed to log"}', { status: 422 }) : undefined;
    exporter.export(sampleTrace({ spans: 100 }));
    await exporter.flush();
    const names = server.otlpSpans(sampleTraceId(1)).map(({ name }) => name);
    expect(names).toHaveLength(99);
    expect(names).not.toContain("span 77");
    expect(exporter.counters).toMatchObject({ stored: 1, refusedSpans: 1 });
    expect(problems).toEqual([expect.stringContaining("span 77")]);
  });

  it("is not searched for a bad span for ever", async () => {
    const exporter = started();
    server.fault = ({ path }) => (path === "/v1/traces" ? new Response("", { status: 422 }) : undefined);
    exporter.export(sampleTrace({ spans: 2_000 }));
    await exporter.flush();
    expect(server.requests.length).toBeLessThan(60);
    expect(exporter.counters).toMatchObject({ stored: 0, failed: 1 });
  });
});

describe("a trace that began elsewhere", () => {
  it("is sent by OTLP alone, its parts one by one", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ isRemote: true }));
    exporter.export(sampleTrace({ isRemote: true }));
    await exporter.flush();
    expect(server.requests.map(({ path }) => path)).toEqual(["/v1/traces", "/v1/traces"]);
  });

  it("is told of once where there is no OTLP", async () => {
    const exporter = started(server.uri);
    server.fault = ({ path }) => (path === "/v1/traces" ? new Response("", { status: 501 }) : undefined);
    for (const isRemote of [true, false, true, false, true]) exporter.export(sampleTrace({ isRemote }));
    await exporter.flush();
    expect(exporter.counters).toMatchObject({ stored: 2, failed: 3 });
    expect(problems).toEqual([expect.stringContaining("OTLP")]);
  });
});

describe("attachments", () => {
  const attachments = [
    { id: "11111111-2222-4333-8444-555555555555", contentType: "image/png", data: new Uint8Array([0, 255, 10]) },
  ];
  const path = `/1/traces/${sampleTraceId(1)}/artifacts/attachments/11111111-2222-4333-8444-555555555555`;

  it.each([true, false])("are stored beside the trace, once (OTLP: %s)", async (otlp) => {
    server.fault = ({ path }) => (!otlp && path === "/v1/traces" ? new Response("", { status: 501 }) : undefined);
    const exporter = started();
    const finished = sampleTrace({ attachments });
    exporter.export(finished);
    exporter.export(finished);
    await exporter.flush();
    expect(server.files.get(path)).toEqual({ contentType: "image/png", bytes: new Uint8Array([0, 255, 10]) });
    expect(server.seen("PUT", /attachments/)).toHaveLength(1);
  });

  it("of a trace that began elsewhere go where the server says", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ attachments, isRemote: true }));
    await exporter.flush();
    expect(server.files.has(path)).toBe(true);
    expect(server.seen("POST", INFO)).toHaveLength(0);
  });

  it("that cannot be stored are told of", async () => {
    server.fault = ({ method }) =>
      method === "POST"
        ? new Response('{"trace":{"trace_info":{"tags":{"mlflow.artifactLocation":"/mlruns/1"}}}}')
        : undefined;
    const exporter = started();
    exporter.export(sampleTrace({ attachments }));
    await exporter.flush();
    expect(problems).toEqual([expect.stringContaining("/mlruns/1")]);
  });
});

describe("a server without OTLP", () => {
  beforeEach(() => {
    undos.push(() => {});
    server.fault = ({ path }) => (path === "/v1/traces" ? new Response("", { status: 501 }) : undefined);
  });

  it("gets info and traces.json, open spans included, and is not asked again", async () => {
    const exporter = started();
    for (const n of [1, 2]) {
      exporter.export(sampleTrace({ n, spans: 2, openFrom: 1 }));
      await exporter.flush();
    }
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "POST", "PUT", "POST", "PUT"]);
    expect(server.spans(sampleTraceId(2)).map((span) => span.end_time_unix_nano === null)).toEqual([false, true]);
  });

  it("is asked again after some minutes", async () => {
    const exporter = started();
    exporter.export(sampleTrace({ n: 1 }));
    await exporter.flush();
    server.fault = undefined;
    const now = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(now + 11 * 60_000);
    exporter.export(sampleTrace({ n: 2 }));
    await exporter.flush();
    vi.restoreAllMocks();
    expect(server.otlpSpans(sampleTraceId(2))).toHaveLength(1);
  });

  it("gets no upload when it keeps the spans in its store", async () => {
    const exporter = started();
    server.fault = ({ path }) =>
      path === INFO
        ? new Response('{"trace":{"trace_info":{"tags":{"mlflow.trace.spansLocation":"TRACKING_STORE"}}}}')
        : new Response("", { status: 501 });
    exporter.export(sampleTrace());
    await exporter.flush();
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "POST"]);
    expect(problems).toEqual([]);
  });
});

describe("limits", () => {
  it.each([
    ["number", { maxTraces: 3 }],
    ["bytes", { maxBytes: 3_000 }],
  ])("drops and counts what exceeds the %s, and says so once and at the end", async (_what, limits) => {
    const exporter = started(server.uri, limits);
    for (let n = 0; n < 10; n++) exporter.export(sampleTrace({ n, attributes: { text: "x".repeat(300) } }));
    const { dropped } = exporter.counters;
    expect(dropped).toBeGreaterThan(4);
    await exporter.flush();
    expect(exporter.counters).toMatchObject({ stored: 10 - dropped, dropped });
    expect(problems).toEqual([
      expect.stringContaining("dropped"),
      expect.stringContaining(`${dropped} traces were dropped`),
    ]);
  });

  it("ends a flush in time, whatever the server does, and still stores the trace", async () => {
    let open = (_response: Response | undefined) => {};
    server.fault = () => new Promise((resolve) => (open = resolve));
    const exporter = started();
    exporter.export(sampleTrace());
    await exporter.flush(20);
    expect(problems).toEqual([expect.stringContaining("1 traces are not stored yet")]);
    server.fault = undefined;
    open(undefined);
    await exporter.flush();
    expect(exporter.counters.stored).toBe(1);
  });

  it("writes one trace after the other where they have the same id", async () => {
    const order: string[] = [];
    server.fault = async ({ path }) => {
      order.push(`${path} begins`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      order.push(`${path} ends`);
      return undefined;
    };
    const exporter = started();
    for (let n = 0; n < 3; n++) exporter.export(sampleTrace());
    await exporter.flush();
    const pairs = ["/v1/traces begins", "/v1/traces ends", `${INFO} begins`, `${INFO} ends`];
    expect(order).toEqual([...pairs, ...pairs, ...pairs]);
  });
});

describe("failures", () => {
  it("are told once for the same reason in a row, with a count at the end", async () => {
    const exporter = started();
    server.fault = () => new Response("down", { status: 403 });
    for (let n = 0; n < 5; n++) exporter.export(sampleTrace({ n }));
    await exporter.flush();
    expect(problems).toHaveLength(1);
    server.fault = undefined;
    exporter.export(sampleTrace());
    await exporter.flush();
    expect(problems[1]).toContain("4 more");
    expect(exporter.counters).toMatchObject({ failed: 5, stored: 1 });
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a trace without anything", {}],
    ["a span that throws", { ...sampleTrace(), trace: { info: sampleTrace().trace.info, data: { spans: [null] } } }],
  ])("of the program's own making do not throw: %s", async (_what, finished) => {
    const exporter = started();
    expect(() => exporter.export(finished as FinishedTrace)).not.toThrow();
    exporter.export(sampleTrace({ n: 2 }));
    await exporter.flush();
    expect(server.infos.has(sampleTraceId(2))).toBe(true);
    expect(problems).toHaveLength(1);
  });

  it("of one span's encoding cost that span only", async () => {
    const exporter = started();
    const finished = sampleTrace({ spans: 3 });
    const [, bad] = finished.trace.data.spans;
    Object.defineProperty(bad, "name", {
      get: () => {
        throw new Error("hostile");
      },
    });
    exporter.export(finished);
    await exporter.flush();
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(2);
    expect(exporter.counters).toMatchObject({ stored: 1, refusedSpans: 1 });
  });

  it("of the headers count as failures of the network", async () => {
    const authProvider = {
      getHost: () => server.uri,
      getHeadersProvider: () => () => Promise.reject(new Error("no token")),
      getDatabricksToken: () => undefined,
    };
    const exporter = started(server.uri, { authProvider });
    exporter.export(sampleTrace());
    await exporter.flush();
    expect(problems).toEqual([expect.stringContaining("no token")]);
  });
});

describe("the requests of the exporter", () => {
  it("run with tracing suppressed, outside the program's context", async () => {
    init({ trackingUri: server.uri, experimentId: "1" });
    undos.push(shutdown);
    const key = createContextKey("program");
    const seen: unknown[] = [];
    server.fault = () => {
      seen.push([isTracingSuppressed(context.active()), context.active().getValue(key)]);
      return undefined;
    };
    const exporter = started();
    context.with(context.active().setValue(key, 1), () => exporter.export(sampleTrace()));
    await exporter.flush();
    expect(seen).toEqual([
      [true, undefined],
      [true, undefined],
    ]);
    expect(isTracingSuppressed(context.active())).toBe(false);
    expect(infoOf(1)).toHaveProperty("state", "OK");
  });
});

describe("a program that is traced", () => {
  it("finds its trace on the server as it made it", async () => {
    const exporter = started();
    init({ exporter, experimentId: "1" });
    undos.push(shutdown);
    const id = withSpan(
      (span) => {
        span.setInputs({ q: "12", seed: 2n ** 60n });
        withSpan(() => "æ", { name: "child" });
        return span.traceId;
      },
      { name: "root" },
    );
    await exporter.flush();
    const { info, data } = await new MlflowClient({ trackingUri: server.uri }).getTrace(id);
    expect(info).toMatchObject({ state: "OK", traceId: id });
    expect(data.spans.map(({ name, outputs }) => [name, outputs])).toEqual([
      ["root", id],
      ["child", "æ"],
    ]);
    expect(data.spans[0]?.inputs).toEqual({ q: "12", seed: 2n ** 60n });
    expect(data.spans[1]?.parentId).toBe(data.spans[0]?.spanId);
  });

  it("sends a late child when it ends, and nothing twice", async () => {
    const exporter = started();
    init({ exporter, experimentId: "1" });
    undos.push(shutdown);
    const root = startSpan({ name: "root" });
    const child = startSpan({ name: "late", parent: root });
    root.end();
    await exporter.flush();
    expect(server.otlpSpans(root.traceId).map(({ name }) => name)).toEqual(["root"]);
    child.end();
    await exporter.flush();
    expect(server.otlpSpans(root.traceId).map(({ name }) => name)).toEqual(["root", "late"]);
    const bodies = server.seen("POST", "/v1/traces").map(({ body }) => body.split('"spanId"').length - 1);
    expect(bodies).toEqual([1, 1]);
  });
});
