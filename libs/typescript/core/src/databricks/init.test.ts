import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  flushTraces,
  getLastActiveTraceId,
  init,
  MlflowClient,
  setDiagnosticSink,
  shutdown,
  withSpan,
} from "../index.js";
import { FakeDatabricksServer } from "./testing/fake-databricks-server.js";

let server: FakeDatabricksServer;
let problems: string[];
let undo: () => void;

beforeEach(async () => {
  server = await new FakeDatabricksServer().start();
  problems = [];
  undo = setDiagnosticSink((message) => void problems.push(message));
});
afterEach(async () => {
  await shutdown();
  await server.stop();
  undo();
});

const options = () => ({ trackingUri: "databricks", host: server.host, databricksToken: "dapi-1", experimentId: "7" });

describe("a program on Databricks", () => {
  it.each(["AWS_PRESIGNED_URL", "GCP_SIGNED_URL", "AZURE_SAS_URI", "AZURE_ADLS_GEN2_SAS_URI"])(
    "stores spans by a signed URL, without asking for OTLP, and reads them again (%s)",
    async (kind) => {
      server.credentialType = kind;
      init(options());
      withSpan((span) => withSpan(() => span.setInputs("12"), { name: "inner" }), { name: "outer" });
      await flushTraces();
      const client = new MlflowClient(options());
      const { info, data } = await client.getTrace(getLastActiveTraceId() ?? "");
      expect(info.traceLocation.mlflowExperiment?.experimentId).toBe("7");
      expect(data.spans.map(({ name, inputs }) => [name, inputs])).toEqual([
        ["outer", "12"],
        ["inner", undefined],
      ]);
      expect(server.seen("/v1/traces")).toEqual([]);
      expect(problems).toEqual([]);
    },
  );

  it("keeps traces in Unity Catalog when it has tables there", async () => {
    const traceLocation = { catalogName: "main", schemaName: "agents", tablePrefix: "chat" };
    init({ ...options(), traceLocation });
    const id = withSpan((span) => span.traceId);
    await flushTraces();
    expect(id).toMatch(/^trace:\/main\.agents\.chat\/[0-9a-f]{32}$/);
    expect([...server.tables.keys()]).toEqual(["main.agents.chat_otel_spans"]);
    expect([...server.infos.keys()]).toEqual([id.replace("trace:/", "")]);
    expect(problems).toEqual([]);
  });

  it("is told when the provider refuses, and goes on", async () => {
    server.fault = ({ path }) => (path.startsWith("/store/") ? { status: 403, body: "signature" } : undefined);
    init(options());
    expect(withSpan(() => "fine")).toBe("fine");
    await flushTraces();
    expect(problems.join()).toContain("403");
    server.fault = undefined;
    withSpan(() => 1);
    await flushTraces();
    expect(server.files.size).toBe(1);
  });

  it("names what is missing", () => {
    expect(() => init({ ...options(), host: undefined, trackingUri: "databricks://nobody" })).toThrow(
      "Databricks host",
    );
  });
});
