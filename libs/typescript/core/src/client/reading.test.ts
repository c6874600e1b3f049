import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseJson } from "../json/bigint-json.js";
import { type Answer, CannedServer, refusal } from "../testing/canned-server.js";
import { MlflowHttpError } from "./http-error.js";
import { MlflowClient } from "./mlflow-client.js";

const GET_INFO = "GET /api/3.0/mlflow/traces/tr-1";
const GET_STORED = "GET /api/3.0/mlflow/traces/get";
const GET_ARTIFACT = "GET /api/2.0/mlflow-artifacts/artifacts/7/traces/tr-1/artifacts/traces.json";
const GET_VIEWER = "GET /ajax-api/3.0/mlflow/get-trace-artifact";
const BATCH_INFOS = "POST /api/3.0/mlflow/traces/batchGetInfos";
const BATCH = "GET /api/3.0/mlflow/traces/batchGet";

const info = (id: string, tags: Record<string, string> = {}) => ({
  trace_id: id,
  tags: { "mlflow.artifactLocation": `mlflow-artifacts:/7/traces/${id}/artifacts`, ...tags },
});
const STORED = { "mlflow.trace.spansLocation": "TRACKING_STORE" };
const span = (name: string, start = 1) => ({ name, span_id: "AAAAAAAAAAE=", start_time_unix_nano: start });
const stored = (id: string, ...names: string[]) => ({
  trace_info: info(id, STORED),
  spans: names.map((name) => span(name)),
});
const spansOf = (...names: string[]) => ({ spans: names.map((name) => span(name)) });
const NOT_STORED = refusal(500, "INTERNAL_ERROR", "Trace data not stored in tracking store");
const INCOMPLETE = refusal(404, "RESOURCE_DOES_NOT_EXIST", "Trace with ID tr-1 is not fully exported yet");

let server: CannedServer;
let client: MlflowClient;
let undo: () => void;
beforeEach(() => {
  server = new CannedServer();
  undo = server.install();
  client = new MlflowClient({ trackingUri: `${server.uri}/` });
});
afterEach(() => undo());

const names = async (options = {}) => (await client.getTrace("tr-1", options)).data.spans.map(({ name }) => name);
const inArtifact = { [GET_INFO]: { trace: { trace_info: info("tr-1") } } };
const inStore = { [GET_INFO]: { trace: { trace_info: info("tr-1", STORED) } } };

describe("getTrace", () => {
  it.each<[string, Record<string, Answer>, string]>([
    [
      "the artifact",
      { ...inArtifact, [GET_ARTIFACT]: spansOf("artifact"), [GET_STORED]: { trace: stored("tr-1", "store") } },
      "artifact",
    ],
    [
      "the store",
      { ...inStore, [GET_STORED]: { trace: stored("tr-1", "store") }, [GET_ARTIFACT]: spansOf("artifact") },
      "store",
    ],
    [
      "the store when the artifact is missing",
      { ...inArtifact, [GET_STORED]: { trace: stored("tr-1", "store") } },
      "store",
    ],
    [
      "the store when the artifact is empty",
      { ...inArtifact, [GET_ARTIFACT]: "", [GET_STORED]: { trace: stored("tr-1", "store") } },
      "store",
    ],
    [
      "the store when the proxy is off",
      {
        ...inArtifact,
        [GET_ARTIFACT]: new Response("", { status: 503 }),
        [GET_STORED]: { trace: stored("tr-1", "store") },
      },
      "store",
    ],
    [
      "the artifact when the store is incomplete",
      { ...inStore, [GET_STORED]: INCOMPLETE, [GET_ARTIFACT]: spansOf("artifact") },
      "artifact",
    ],
    [
      "the viewer's download for an artifact out of reach",
      {
        [GET_INFO]: { trace: { trace_info: info("tr-1", { "mlflow.artifactLocation": "/mlruns/1" }) } },
        [GET_STORED]: NOT_STORED,
        [GET_VIEWER]: spansOf("viewer"),
      },
      "viewer",
    ],
  ])("reads %s", async (_what, routes, expected) => {
    server.on(routes);
    expect(await names()).toEqual([expected]);
  });

  it("throws what the place said where the spans should be, and what that means", async () => {
    server.on({ ...inStore, [GET_STORED]: INCOMPLETE });
    const error: unknown = await client.getTrace("tr-1").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MlflowHttpError);
    expect(error).toMatchObject({
      status: 404,
      message: expect.stringMatching(/not fully exported[\s\S]*on their way/),
    });
    server.on({ ...inArtifact, [GET_STORED]: NOT_STORED });
    await expect(client.getTrace("tr-1")).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("has no spans"),
    });
  });

  it("does not look elsewhere when it may not read", async () => {
    server.on({ ...inArtifact, [GET_ARTIFACT]: new Response("Permission denied", { status: 403 }) });
    await expect(client.getTrace("tr-1")).rejects.toMatchObject({ status: 403 });
    expect(server.requests).toHaveLength(2);
  });

  it("says so when the artifact is cut", async () => {
    server.on({ ...inArtifact, [GET_ARTIFACT]: '{"spans": [' });
    await expect(client.getTrace("tr-1")).rejects.toThrow("not JSON");
  });

  it("asks for a partial trace only on request", async () => {
    server.on({
      ...inStore,
      [GET_STORED]: ({ path }) =>
        path.includes("allow_partial=true") ? { trace: stored("tr-1", "half") } : INCOMPLETE.clone(),
    });
    expect(await names({ allowPartial: true })).toEqual(["half"]);
    await expect(names()).rejects.toThrow("not fully exported");
  });

  it("puts the root first and the others by start", async () => {
    const child = (name: string, start: number) => ({ ...span(name, start), parent_span_id: "AAAAAAAAAAE=" });
    const spans = [child("third", 9), child("second", 5), span("root", 5), child("second too", 5)];
    server.on({ ...inArtifact, [GET_ARTIFACT]: { spans } });
    expect(await names()).toEqual(["root", "second", "second too", "third"]);
  });

  it("says that traces are sent in the background when there is none", async () => {
    const error = refusal(404, "RESOURCE_DOES_NOT_EXIST", "Trace with ID 'tr-1' not found.");
    server.on({ [GET_INFO]: error });
    await expect(client.getTrace("tr-1")).rejects.toThrow(/not found[\s\S]*flushTraces/);
    await expect(client.getTrace("")).rejects.toThrow("traceId");
    expect(server.requests).toHaveLength(1);
  });
});

describe("getTraceInfos", () => {
  it("asks in one request and keeps the order, each once", async () => {
    server.on({ [BATCH_INFOS]: { trace_infos: [info("tr-2"), info("tr-1")] } });
    const infos = await client.getTraceInfos(["tr-1", "tr-9", "tr-2", "tr-1"]);
    expect(infos.map(({ traceId }) => traceId)).toEqual(["tr-1", "tr-2"]);
    expect(server.lastBody).toEqual({ trace_ids: ["tr-1", "tr-9", "tr-2"] });
    expect(await client.getTraceInfos([])).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it("asks 500 at a time", async () => {
    server.on({ [BATCH_INFOS]: {} });
    await client.getTraceInfos(Array.from({ length: 1001 }, (_, at) => `tr-${at}`));
    expect(server.requests.map(({ body }) => Object(body).trace_ids.length)).toEqual([500, 500, 1]);
  });

  it("asks one by one where there is no such route", async () => {
    server.on(inArtifact);
    expect((await client.getTraceInfos(["tr-0", "tr-1"])).map(({ traceId }) => traceId)).toEqual(["tr-1"]);
    expect(server.calls.slice(1)).toEqual(["GET /api/3.0/mlflow/traces/tr-0", GET_INFO]);
  });

  it("throws when the server fails", async () => {
    server.on({ [BATCH_INFOS]: new Response("no", { status: 401 }) });
    await expect(client.getTraceInfos(["tr-1"])).rejects.toMatchObject({ status: 401 });
  });
});

describe("getTraces", () => {
  it("reads both kinds: stored ones in one request, artifacts one by one", async () => {
    server.on({
      [BATCH_INFOS]: { trace_infos: [info("tr-2", STORED), info("tr-1"), info("tr-3", STORED), info("tr-4")] },
      [BATCH]: { traces: [stored("tr-3", "c"), stored("tr-2", "b")] },
      [GET_ARTIFACT]: spansOf("a"),
      [GET_STORED]: NOT_STORED,
    });
    const traces = await client.getTraces(["tr-1", "tr-2", "tr-3", "tr-4", "tr-unknown"]);
    expect(traces.map(({ info, data }) => [info.traceId, data.spans[0]?.name])).toEqual(
      [
        ["tr-2", "b"],
        ["tr-1", "a"],
        ["tr-3", "c"],
      ].sort(),
    );
    expect(server.calls).toContain(`${BATCH}?trace_ids=tr-2&trace_ids=tr-3`);
  });

  it("reads one by one when a batch fails as a whole", async () => {
    server.on({
      [BATCH_INFOS]: { trace_infos: [info("tr-1", STORED), info("tr-2", STORED)] },
      [BATCH]: NOT_STORED,
      [GET_STORED]: ({ path }) => (path.includes("tr-2") ? { trace: stored("tr-2", "b") } : NOT_STORED.clone()),
      [GET_ARTIFACT]: spansOf("moved"),
    });
    const traces = await client.getTraces(["tr-1", "tr-2"]);
    expect(traces.map(({ data }) => data.spans[0]?.name)).toEqual(["moved", "b"]);
  });
});

describe("values", () => {
  it("come from the store as Python wrote them", async () => {
    const attributes = `[{"key":"mlflow.spanOutputs","value":{"kvlist_value":{"values":[
      {"key":"id","value":{"int_value":9223372036854775807}},{"key":"score","value":{"double_value":0.5}},
      {"key":"inf","value":{"double_value":"Infinity"}},{"key":"none"}]}}}]`;
    const text = `{"trace":{"spans":[{"name":"s","start_time_unix_nano":1749996461282000001,"attributes":${attributes},
      "status":{"code":"STATUS_CODE_ERROR","message":"boom"}}]}}`;
    server.on({ ...inStore, [GET_STORED]: () => Object(parseJson(text)) });
    const [read] = (await client.getTrace("tr-1")).data.spans;
    expect(read?.outputs).toEqual({ id: 9223372036854775807n, score: 0.5, inf: "Infinity", none: null });
    expect(read?.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "boom" });
  });
});
