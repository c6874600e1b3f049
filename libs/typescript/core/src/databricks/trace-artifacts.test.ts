import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { Span, TraceData, TraceInfo } from "../entities/readable.js";
import { createTraceLocationFromExperimentId } from "../entities/trace-location.js";
import { TraceState } from "../entities/trace-state.js";
import { FakeDatabricksServer } from "./testing/fake-databricks-server.js";
import { downloadDatabricksTraceData, uploadDatabricksTraceData } from "./trace-artifacts.js";

const server = new FakeDatabricksServer();
const info = new TraceInfo({
  traceId: "tr-1",
  traceLocation: createTraceLocationFromExperimentId("1"),
  requestTime: 0,
  state: TraceState.OK,
});
const data = new TraceData([
  Span.fromJson({ name: "späñ 😀", start_time_unix_nano: 1_750_000_000_123_456_789n, end_time_unix_nano: 2n ** 62n }),
]);
const connection = () => ({ base: server.host, headers: async () => ({ Authorization: "Bearer dapi-1" }) });
const warnings = vi.fn();

beforeAll(async () => {
  await server.start();
  setDiagnosticSink(warnings);
});
afterAll(async () => {
  setDiagnosticSink();
  await server.stop();
});
beforeEach(() => {
  server.fault = undefined;
  server.credentialType = "AWS_PRESIGNED_URL";
  server.requests.length = 0;
  server.files.clear();
  warnings.mockClear();
});

describe("trace data by signed URLs", () => {
  it.each(["AWS_PRESIGNED_URL", "GCP_SIGNED_URL", "AZURE_SAS_URI", "AZURE_ADLS_GEN2_SAS_URI"])(
    "is read as it was written, with %s",
    async (type) => {
      server.credentialType = type;
      await uploadDatabricksTraceData(connection(), info, data);
      const back = await downloadDatabricksTraceData(connection(), "tr-1");
      expect(back.toJson()).toEqual(data.toJson());
      expect(warnings).not.toHaveBeenCalled();
      for (const { headers } of server.seen("/store/")) expect(headers.authorization).toBeUndefined();
    },
  );

  it.each(["AWS_PRESIGNED_URL", "AZURE_SAS_URI", "AZURE_ADLS_GEN2_SAS_URI"])(
    "says the kind, the status and the reason when %s is refused, and never the URL",
    async (type) => {
      server.credentialType = type;
      server.fault = ({ path }) => (path.startsWith("/store/") ? { status: 403, body: "expired" } : undefined);
      const problem: unknown = await uploadDatabricksTraceData(connection(), info, data).catch((error) => error);
      expect(String(problem)).toContain(`${type} upload failed: 403 Forbidden`);
      expect(JSON.stringify([String(problem), problem])).not.toContain("top-secret");
    },
  );

  it("does not show the signature when the provider is not there", async () => {
    server.fault = ({ path }) => {
      const signed_uri = "http://127.0.0.1:1/x?sig=top-secret";
      return path.includes("credentials")
        ? { status: 200, body: { credential_info: { type: "GCP_SIGNED_URL", signed_uri } } }
        : undefined;
    };
    const problem: unknown = await uploadDatabricksTraceData(connection(), info, data).catch((error) => error);
    expect(String(problem)).toContain("GCP_SIGNED_URL upload failed");
    expect(String(problem)).not.toContain("top-secret");
    expect(problem).not.toHaveProperty("cause");
  });

  it.each([
    ["an unknown kind", { credential_info: { type: "FLOPPY", signed_uri: "https://x" } }, "FLOPPY"],
    ["a kind that every object has", { credential_info: { type: "toString", signed_uri: "https://x" } }, "toString"],
    ["no kind", { credential_info: { signed_uri: "https://x" } }, "without a type"],
    ["no URL", { credential_info: { type: "GCP_SIGNED_URL" } }, "signed_uri"],
    ["a URL of a file", { credential_info: { type: "GCP_SIGNED_URL", signed_uri: "file:///etc" } }, "signed_uri"],
    ["nothing", {}, "signed_uri"],
    ["a list", [], "signed_uri"],
  ])("is refused with %s", async (_case, body, message) => {
    server.fault = () => ({ status: 200, body });
    await expect(uploadDatabricksTraceData(connection(), info, data)).rejects.toThrow(message);
  });

  it("is not sent when the workspace refuses", async () => {
    const stranger = { base: server.host, headers: async () => ({ Authorization: "Bearer no" }) };
    await expect(uploadDatabricksTraceData(stranger, info, data)).rejects.toThrow("HTTP 401");
    expect(server.seen("/store/")).toEqual([]);
  });

  it("reads as no spans, with a warning, when it cannot be had", async () => {
    const empty = async () => expect((await downloadDatabricksTraceData(connection(), "tr-1")).spans).toEqual([]);
    await empty();
    server.files.set("tr-1", Buffer.from("{cut"));
    await empty();
    server.fault = () => ({ status: 500, body: "<html>" });
    await empty();
    expect((await downloadDatabricksTraceData(connection(), "")).spans).toEqual([]);
    expect(warnings).toHaveBeenCalledTimes(4);
    expect(JSON.stringify(warnings.mock.calls.map(String))).not.toContain("top-secret");
  });
});
