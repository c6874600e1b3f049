import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TraceInfo } from "../entities/readable.js";
import { CannedServer, refusal } from "../testing/canned-server.js";
import { MlflowClient } from "./mlflow-client.js";

const ID = "0b5c6a0e-6f0e-4b63-9d1b-0a4b7f3f0c11";
const VIEWER = "GET /ajax-api/3.0/mlflow/get-trace-artifact";
const FILE = `/api/2.0/mlflow-artifacts/artifacts/7/traces/tr-1/artifacts/attachments/${ID}`;
const INFO = { trace_id: "tr-1", tags: { "mlflow.artifactLocation": "mlflow-artifacts:/7/traces/tr-1/artifacts" } };
const BYTES = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);

let server: CannedServer;
let client: MlflowClient;
let undo: () => void;
beforeEach(() => {
  server = new CannedServer({ [`PUT ${FILE}`]: new Response("") });
  undo = server.install();
  client = new MlflowClient({ trackingUri: server.uri, trackingServerToken: "secret" });
});
afterEach(() => {
  undo();
  delete process.env.MLFLOW_HTTP_REQUEST_TIMEOUT;
});

describe("attachments", () => {
  it("are uploaded beside the spans, with their type and the credentials", async () => {
    const data = new Uint8Array([1, ...BYTES]).subarray(1);
    await client.uploadAttachment(TraceInfo.fromJson(INFO), { id: ID, contentType: "image/png", data });
    expect(server.calls).toEqual([`PUT ${FILE}`]);
    expect(server.lastBody).toEqual(BYTES);
    const headers = server.requests[0]?.headers;
    expect(headers?.get("content-type")).toBe("image/png");
    expect(headers?.get("authorization")).toBe("Bearer secret");
  });

  it("are downloaded as the same bytes", async () => {
    server.on({ [VIEWER]: new Response(BYTES) });
    expect(await client.downloadAttachment("tr-1", ID)).toEqual(BYTES);
    expect(server.calls).toEqual([`${VIEWER}?request_id=tr-1&path=${ID}`]);
  });

  it("are downloaded through the proxy where the viewer's route is missing", async () => {
    server.on({
      "GET /api/3.0/mlflow/traces/tr-1": { trace: { trace_info: INFO } },
      [`GET ${FILE}`]: new Response(BYTES),
    });
    expect(await client.downloadAttachment("tr-1", ID)).toEqual(BYTES);
  });

  it("that do not exist are 404", async () => {
    server.on({
      [VIEWER]: refusal(404, "NOT_FOUND", "Trace data not found"),
      "GET /api/3.0/mlflow/traces/tr-1": { trace: { trace_info: INFO } },
    });
    await expect(client.downloadAttachment("tr-1", ID)).rejects.toMatchObject({ status: 404 });
    server.on({ "GET /api/3.0/mlflow/traces/tr-1": { trace: { trace_info: { trace_id: "tr-1" } } } });
    await expect(client.downloadAttachment("tr-1", ID)).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
  });

  it.each(["", "../traces.json", "a/b", "a?b"])("have no id like %j", async (id) => {
    await expect(client.downloadAttachment("tr-1", id)).rejects.toThrow("Invalid attachment id");
    const attachment = { id, contentType: "image/png", data: BYTES };
    await expect(client.uploadAttachment(TraceInfo.fromJson(INFO), attachment)).rejects.toThrow(
      "Invalid attachment id",
    );
    expect(server.requests).toEqual([]);
  });

  it("say so when nobody answers", async () => {
    process.env.MLFLOW_HTTP_REQUEST_TIMEOUT = "20";
    globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    await expect(client.downloadAttachment("tr-1", ID)).rejects.toThrow("Request timeout");
    globalThis.fetch = () => Promise.reject(new TypeError("fetch failed"));
    await expect(client.downloadAttachment("tr-1", ID)).rejects.toThrow("API request failed: GET");
  });
});
