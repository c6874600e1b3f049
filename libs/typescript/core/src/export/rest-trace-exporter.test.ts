import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  flushTraces,
  getLastActiveTraceId,
  init,
  MlflowClient,
  MlflowHttpError,
  setDiagnosticSink,
  withSpan,
} from "../index.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";

let server: FakeTrackingServer;
let problems: string[];
let undos: (() => void)[];

beforeEach(() => {
  server = new FakeTrackingServer();
  problems = [];
  undos = [server.install(), setDiagnosticSink((message) => void problems.push(message))];
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterEach(() => {
  for (const undo of undos.reverse()) undo();
  delete process.env.MLFLOW_HTTP_REQUEST_TIMEOUT;
});

const response = (body: string, status: number) => () => new Response(body, { status });

describe("a server that fails", () => {
  it.each<[string, () => Response | Promise<Response>, string]>([
    ["an error in JSON", response('{"error_code":"INTERNAL_ERROR","message":"x"}', 500), "INTERNAL_ERROR"],
    ["an error in HTML", response("<!doctype html><title>404 Not Found</title>", 404), "HTTP 404"],
    ["a FastAPI error", response('{"detail":"Not implemented"}', 501), "Not implemented"],
    ["a plain text", response("Invalid Host header", 403), "Invalid Host header"],
    ["malformed JSON with status 200", response("{", 200), "not JSON"],
    ["an answer of another shape", response("[]", 200), "trace_info"],
    ["no network", () => Promise.reject(new TypeError("fetch failed")), "fetch failed"],
    ["a broken body", () => new Response(new ReadableStream({ start: (c) => c.error(new Error("reset")) })), "reset"],
  ])("never reaches the program: %s", async (_what, fault, expected) => {
    server.fault = fault;
    expect(withSpan(() => "fine")).toBe("fine");
    await expect(flushTraces()).resolves.toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  it("is given up after the timeout, even if it ignores the abort", async () => {
    process.env.MLFLOW_HTTP_REQUEST_TIMEOUT = "20";
    server.fault = () => new Promise(() => {});
    withSpan(() => 1);
    await flushTraces();
    expect(problems[0]).toContain("Request timeout");
  });

  it("is reported once for the same failure in a row, with a count at the end", async () => {
    server.fault = response("down", 503);
    for (let n = 0; n < 5; n++) withSpan(() => n);
    await flushTraces();
    expect(problems).toHaveLength(1);
    server.fault = undefined;
    withSpan(() => "up again");
    await flushTraces();
    expect(problems[1]).toContain("4 more");
  });

  it("does not stop the traces after it", async () => {
    server.fault = () => (server.requests.length === 1 ? new Response("", { status: 500 }) : undefined);
    withSpan(() => 1);
    withSpan(() => 2);
    await flushTraces();
    expect(server.artifacts.size).toBe(1);
  });
});

describe("where spans go", () => {
  it("uploads none when the server keeps them in its store", async () => {
    server.fault = ({ path, body }) => {
      if (path !== "/api/3.0/mlflow/traces") return undefined;
      const { trace } = JSON.parse(body);
      trace.trace_info.tags["mlflow.trace.spansLocation"] = "TRACKING_STORE";
      return new Response(JSON.stringify({ trace }));
    };
    withSpan(() => 1);
    await flushTraces();
    expect(server.requests.map(({ method }) => method)).toEqual(["POST"]);
    expect(problems).toEqual([]);
  });

  it("says so when the artifact location is not served", async () => {
    server.fault = () =>
      new Response('{"trace":{"trace_info":{"trace_id":"tr-1","tags":{"mlflow.artifactLocation":"/mlruns/1"}}}}');
    withSpan(() => 1);
    await flushTraces();
    expect(problems[0]).toContain("/mlruns/1");
  });

  it("follows a second init, while a flush still waits for the first", async () => {
    const paths: string[] = [];
    server.fault = async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      paths.push(path);
      return undefined;
    };
    withSpan(() => 1);
    init({ trackingUri: `${server.uri}/second`, experimentId: "2" });
    await flushTraces();
    expect(paths).toHaveLength(2);
    withSpan(() => 2);
    await flushTraces();
    expect(paths[2]).toBe("/second/api/3.0/mlflow/traces");
  });
});

describe("MlflowClient", () => {
  it("throws what the server said", async () => {
    const client = new MlflowClient({ trackingUri: server.uri });
    const error: unknown = await client.getTrace("tr-unknown").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MlflowHttpError);
    expect(error).toMatchObject({ status: 404, errorCode: "RESOURCE_DOES_NOT_EXIST", name: "MlflowHttpError" });
    expect(await client.getExperiment("77")).toBeNull();
  });

  it("sends the credentials it was given, and no workspace unless asked", async () => {
    withSpan(() => 1);
    await flushTraces();
    const id = getLastActiveTraceId() ?? "";
    const credentials = { trackingServerUsername: "kari", trackingServerPassword: "blåbær", trackingServerToken: "t" };
    await new MlflowClient({ trackingUri: `${server.uri}/`, ...credentials }).getTraceInfo(id);
    await new MlflowClient({ trackingUri: server.uri, trackingServerToken: "t", workspace: "north" }).getTraceInfo(id);
    const [basic, bearer] = server.requests.slice(-2).map(({ headers }) => headers);
    expect(Buffer.from(basic?.authorization?.slice(6) ?? "", "base64").toString()).toBe("kari:blåbær");
    expect(basic).not.toHaveProperty("x-mlflow-workspace");
    expect(bearer).toMatchObject({
      authorization: "Bearer t",
      "x-mlflow-workspace": "north",
      "content-type": "application/json",
    });
  });
});

describe("reading a trace whose spans are in the server's store", () => {
  it("asks the store, not the artifact", async () => {
    const info = { trace_id: "tr-01", tags: { "mlflow.trace.spansLocation": "TRACKING_STORE" } };
    const spans = [{ trace_id: "AAAAAAAAAAAAAAAAAAAAAQ==", span_id: "AAAAAAAAAAE=", name: "stored", attributes: [] }];
    server.fault = ({ path }) =>
      new Response(
        JSON.stringify({ trace: { trace_info: info, ...(path.endsWith("/get?trace_id=tr-01") ? { spans } : {}) } }),
      );
    const trace = await new MlflowClient({ trackingUri: server.uri }).getTrace("tr-01");
    expect(trace.data.spans.map(({ name }) => name)).toEqual(["stored"]);
  });
});
