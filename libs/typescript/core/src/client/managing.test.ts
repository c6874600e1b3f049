import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TraceInfo } from "../entities/trace-info.js";
import { createTraceLocationFromExperimentId } from "../entities/trace-location.js";
import { CannedServer, refusal } from "../testing/canned-server.js";
import type { DeleteTracesOptions } from "./manage-traces.js";
import { MlflowClient } from "./mlflow-client.js";

const CREATE = "POST /api/3.0/mlflow/traces";
const DELETE = "POST /api/3.0/mlflow/traces/delete-traces";
const LINK = "POST /api/2.0/mlflow/traces/link-to-run";
const SET_TAG = "PATCH /api/3.0/mlflow/traces/tr-1/tags";
const DELETE_TAG = "DELETE /api/3.0/mlflow/traces/tr-1/tags";
const CREATE_EXPERIMENT = "POST /api/2.0/mlflow/experiments/create";

let server: CannedServer;
let client: MlflowClient;
let undo: () => void;
beforeEach(() => {
  server = new CannedServer({ [DELETE]: { traces_deleted: 2 }, [LINK]: {}, [SET_TAG]: {}, [DELETE_TAG]: {} });
  undo = server.install();
  client = new MlflowClient({ trackingUri: server.uri });
});
afterEach(() => undo());

const ids = (count: number) => Array.from({ length: count }, (_, at) => `tr-${at}`);
const infoWith = (params: object) =>
  new TraceInfo({
    traceId: "tr-1",
    traceLocation: createTraceLocationFromExperimentId("7"),
    requestTime: 0,
    state: "OK",
    ...params,
  });

describe("createTrace", () => {
  it("never sends the tags that only the server sets", async () => {
    server.on({ [CREATE]: ({ body }) => Object(body) });
    const tags = {
      "mlflow.artifactLocation": "mlflow-artifacts:/7/traces/tr-0/artifacts",
      "mlflow.trace.spansLocation": "TRACKING_STORE",
      "mlflow.traceName": "n",
    };
    const copy = await client.createTrace(infoWith({ tags }));
    expect(copy.tags).toEqual({ "mlflow.traceName": "n" });
  });

  it.each([
    [404, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=7 exists"],
    [400, "INVALID_PARAMETER_VALUE", "Invalid experiment ID 'abc'. Experiment ID must be a valid integer."],
  ])("says what to do about an experiment that does not exist (%d)", async (status, code, message) => {
    server.on({ [CREATE]: refusal(status, code, message) });
    await expect(client.createTrace(infoWith({}))).rejects.toMatchObject({
      status,
      errorCode: code,
      message: expect.stringMatching(/experiment 7[\s\S]*createExperiment\(\)/),
    });
  });

  it("leaves other refusals as they are", async () => {
    server.on({ [CREATE]: refusal(500, "INTERNAL_ERROR", "oops") });
    await expect(client.createTrace(infoWith({}))).rejects.toThrow(/oops"}$/);
  });

  it("says that a session id is too long, in characters and not in UTF-16 units", async () => {
    server.on({ [CREATE]: ({ body }) => Object(body) });
    const session = (text: string) => infoWith({ traceMetadata: { "mlflow.trace.session": text } });
    await expect(client.createTrace(session("x".repeat(251)))).rejects.toThrow("251 characters");
    expect(server.requests).toEqual([]);
    await expect(client.createTrace(session("🙂".repeat(250)))).resolves.toBeInstanceOf(TraceInfo);
  });

  it("starts traces in Unity Catalog without a wrapper", async () => {
    server.on({ "POST /api/4.0/mlflow/traces/a.b.c/0af7/info": ({ body }) => Object(body) });
    expect((await client.createTraceInfoV4("a.b.c", "0af7", infoWith({}))).traceId).toBe("tr-1");
    expect(server.lastBody).toMatchObject({ trace_id: "tr-1", state: "OK" });
  });
});

describe("deleteTraces", () => {
  it("deletes by id, 500 at a time, and counts", async () => {
    expect(await client.deleteTraces({ experimentId: "7", traceIds: ids(501) })).toBe(4);
    expect(server.lastBody).toEqual({ experiment_id: "7", request_ids: ["tr-500"] });
    expect(await client.deleteTraces({ experimentId: "7", traceIds: [] })).toBe(0);
    expect(server.requests).toHaveLength(2);
  });

  it("deletes up to a time", async () => {
    expect(await client.deleteTraces({ experimentId: "7", maxTimestampMs: 1749996461282.7, maxTraces: 1 })).toBe(2);
    expect(server.lastBody).toEqual({ experiment_id: "7", max_timestamp_millis: 1749996461282, max_traces: 1 });
  });

  it.each<[object, string]>([
    [{ experimentId: "7" }, "either traceIds or maxTimestampMs"],
    [{ experimentId: "7", traceIds: ["a"], maxTimestampMs: 1 }, "either traceIds or maxTimestampMs"],
    [{ experimentId: "", traceIds: ["a"] }, "experimentId"],
    [{ experimentId: "7", maxTimestampMs: Number.NaN }, "milliseconds"],
    [{ experimentId: "7", maxTimestampMs: Number.POSITIVE_INFINITY }, "milliseconds"],
  ])("refuses %j before anything is deleted", async (options, message) => {
    await expect(client.deleteTraces(options as DeleteTracesOptions)).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });
});

describe("tags", () => {
  it("are set and deleted with the key in the body", async () => {
    await client.setTraceTag("tr-1", "env", "🙂".repeat(4096));
    await client.deleteTraceTag("tr-1", "env");
    expect(server.calls).toEqual([SET_TAG, DELETE_TAG]);
    expect(server.lastBody).toEqual({ key: "env" });
  });

  it("are refused where the server would cut them", async () => {
    await expect(client.setTraceTag("tr-1", "long", "x".repeat(4097))).rejects.toThrow("'long' has 4097 characters");
    expect(server.requests).toEqual([]);
  });

  it("need a trace and a key", async () => {
    await expect(client.setTraceTag("", "k", "v")).rejects.toThrow("traceId");
    await expect(client.setTraceTag("tr-1", "", "v")).rejects.toThrow("key");
    await expect(client.deleteTraceTag("tr-1", "")).rejects.toThrow("key");
    expect(server.requests).toEqual([]);
  });

  it("say what SQL means when the trace does not exist", async () => {
    server.on({ [SET_TAG]: refusal(400, "BAD_REQUEST", "(sqlite3.IntegrityError) FOREIGN KEY constraint failed") });
    await expect(client.setTraceTag("tr-1", "a", "b")).rejects.toThrow("Is there a trace tr-1");
  });

  it("of ids with odd characters stay in their place in the path", async () => {
    await client.setTraceTag("a/../b?c", "k", "v").catch(() => {});
    expect(server.calls).toEqual(["PATCH /api/3.0/mlflow/traces/a%2F..%2Fb%3Fc/tags"]);
  });
});

describe("linkTracesToRun", () => {
  it("links 100 at a time", async () => {
    await client.linkTracesToRun(ids(201), "run-1");
    expect(server.requests.map(({ body }) => Object(body).trace_ids.length)).toEqual([100, 100, 1]);
    expect(server.lastBody).toEqual({ trace_ids: ["tr-200"], run_id: "run-1" });
    await client.linkTracesToRun([], "run-1");
    expect(server.requests).toHaveLength(3);
    await expect(client.linkTracesToRun(["tr-1"], "")).rejects.toThrow("runId");
  });
});

describe("experiments", () => {
  const json = {
    experiment_id: "1",
    name: "wire-main",
    artifact_location: "mlflow-artifacts:/1",
    lifecycle_stage: "active",
    last_update_time: 1795384200568,
    creation_time: 1795384200568,
    tags: [{ key: "team", value: "docs" }],
  };
  const experiment = {
    experimentId: "1",
    name: "wire-main",
    artifactLocation: "mlflow-artifacts:/1",
    lifecycleStage: "active",
    lastUpdateTime: 1795384200568,
    creationTime: 1795384200568,
    tags: { team: "docs" },
  };

  it("are created with tags as a list, and without any when there are none", async () => {
    server.on({ [CREATE_EXPERIMENT]: { experiment_id: "1" } });
    expect(await client.createExperiment("n", "mlflow-artifacts:/x", { team: "docs" })).toBe("1");
    expect(server.lastBody).toEqual({ name: "n", artifact_location: "mlflow-artifacts:/x", tags: json.tags });
    await client.createExperiment("n", undefined, {});
    expect(server.lastBody).toEqual({ name: "n" });
    await expect(client.createExperiment("")).rejects.toThrow("name");
  });

  it("say how to find one whose name is taken", async () => {
    server.on({ [CREATE_EXPERIMENT]: refusal(400, "RESOURCE_ALREADY_EXISTS", "Experiment(name=n) already exists.") });
    await expect(client.createExperiment("n")).rejects.toThrow("getExperimentByName('n')");
    server.on({ [CREATE_EXPERIMENT]: {} });
    await expect(client.createExperiment("n")).rejects.toThrow("experiment_id");
  });

  it("are read by id and by name, null when there is none", async () => {
    server.on({
      "GET /api/2.0/mlflow/experiments/get": ({ path }) =>
        path.endsWith("=1") ? { experiment: json } : refusal(404, "RESOURCE_DOES_NOT_EXIST", "x"),
      "GET /api/2.0/mlflow/experiments/get-by-name": { experiment: json },
    });
    expect(await client.getExperiment("1")).toEqual(experiment);
    expect(await client.getExperiment("2")).toBeNull();
    expect(await client.getExperimentByName("a&b =ü")).toEqual(experiment);
    expect(server.calls.at(-1)).toBe("GET /api/2.0/mlflow/experiments/get-by-name?experiment_name=a%26b%20%3D%C3%BC");
    server.on({
      "GET /api/2.0/mlflow/experiments/get": refusal(400, "INVALID_PARAMETER_VALUE", "Invalid experiment ID"),
    });
    await expect(client.getExperiment("abc")).rejects.toMatchObject({ status: 400 });
  });

  it("are searched with a page size, which the server needs", async () => {
    server.on({ "POST /api/2.0/mlflow/experiments/search": { experiments: [json], next_page_token: "t" } });
    expect(await client.searchExperiments()).toEqual({ experiments: [experiment], nextPageToken: "t" });
    expect(server.lastBody).toEqual({ max_results: 1000 });
    await client.searchExperiments({
      filter: "name = 'n'",
      maxResults: 2,
      orderBy: ["name ASC"],
      pageToken: "t",
      viewType: "ALL",
    });
    expect(server.lastBody).toEqual({
      filter: "name = 'n'",
      max_results: 2,
      order_by: ["name ASC"],
      page_token: "t",
      view_type: "ALL",
    });
  });

  it("are tagged and deleted", async () => {
    server.on({
      "POST /api/2.0/mlflow/experiments/set-experiment-tag": {},
      "POST /api/2.0/mlflow/experiments/delete": {},
    });
    await client.setExperimentTag("1", "k", "v");
    expect(server.lastBody).toEqual({ experiment_id: "1", key: "k", value: "v" });
    await client.deleteExperiment("1");
    expect(server.lastBody).toEqual({ experiment_id: "1" });
  });
});
