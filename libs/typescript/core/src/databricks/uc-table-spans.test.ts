import { type Context, ROOT_CONTEXT, type Span, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuthProvider } from "../auth/create-auth-provider.js";
import type { Connection } from "../client/connection.js";
import { postTraceInfoV4 } from "../client/trace-requests-v4.js";
import { setDiagnosticSink } from "../diagnostics.js";
import { InMemoryTraceManager } from "../telemetry/in-memory-trace-manager.js";
import { REMOTE_TRACE_KEY } from "../telemetry/remote-trace.js";
import { setTraceContext } from "../telemetry/trace-context.js";
import { exportOtlpSpansToUc } from "./otlp-upload.js";
import { FakeDatabricksServer } from "./testing/fake-databricks-server.js";
import { DatabricksUCTableSpanExporter, type UcClient } from "./uc-table-span-exporter.js";
import { DatabricksUCTableSpanProcessor } from "./uc-table-span-processor.js";

const location = { catalogName: "main", schemaName: "ag ents", tablePrefix: "chat" };
const server = new FakeDatabricksServer();
const warnings = vi.fn();
let exporter: DatabricksUCTableSpanExporter;
let provider: BasicTracerProvider;

beforeAll(async () => {
  await server.start();
  setDiagnosticSink(warnings);
});
afterAll(async () => {
  setDiagnosticSink();
  await server.stop();
});
beforeEach(() => {
  server.requests.length = 0;
  server.tables.clear();
  server.infos.clear();
  server.fault = undefined;
  warnings.mockClear();
  exporter = new DatabricksUCTableSpanExporter(newClient());
  provider = new BasicTracerProvider({ spanProcessors: [new DatabricksUCTableSpanProcessor(exporter, location)] });
});
afterEach(async () => {
  await provider.shutdown();
  InMemoryTraceManager.reset();
});

function newClient(): UcClient {
  const auth = createAuthProvider({ trackingUri: "databricks", host: server.host, databricksToken: "dapi-1" });
  const connection: Connection = { base: auth.getHost(), headers: auth.getHeadersProvider() };
  return {
    createTraceInfoV4: (where, id, info) => postTraceInfoV4(connection, where, id, info),
    exportOtlpSpansToUc: (spans, table) => exportOtlpSpansToUc(connection, spans, table),
  };
}

const start = (name: string, parent: Context = ROOT_CONTEXT) => provider.getTracer("t").startSpan(name, {}, parent);
const below = (span: Span) => trace.setSpan(ROOT_CONTEXT, span);
/** Everything that is in the table of spans, as text. */
const table = (name = "main.ag ents.chat_otel_spans") =>
  (server.tables.get(name) ?? []).map((upload) => upload.toString("latin1"));

describe("DatabricksUCTableSpanProcessor", () => {
  it("posts the info of the trace, then all its spans", async () => {
    const root = start("root");
    root.setAttribute("mlflow.spanInputs", '{"q":1}');
    start("child", below(root)).end();
    root.end();
    await provider.forceFlush();
    const { traceId } = root.spanContext();
    const id = `trace:/main.ag ents.chat/${traceId}`;
    expect(server.requests.map(({ path }) => path)).toEqual([
      `/api/4.0/mlflow/traces/main.ag%20ents.chat/${traceId}/info`,
      "/api/2.0/otel/v1/traces",
    ]);
    expect(server.infos.get(`main.ag ents.chat/${traceId}`)).toMatchObject({
      trace_id: id,
      state: "OK",
      trace_location: {
        type: "UC_TABLE_PREFIX",
        uc_table_prefix: { catalog_name: "main", schema_name: "ag ents", table_prefix: "chat" },
      },
      trace_metadata: { "mlflow.trace_schema.version": "4" },
      tags: { "mlflow.traceName": "root" },
    });
    const [upload = ""] = table();
    for (const text of ["root", "child", id, "mlflow.spanInputs"]) expect(upload).toContain(text);
    expect(warnings).not.toHaveBeenCalled();
  });

  it("applies the tracing context, and records nothing where that says so", async () => {
    const scope = { metadata: { a: "1" }, tags: { b: "2" }, enabled: true };
    const seen = start("seen", setTraceContext(ROOT_CONTEXT, scope));
    seen.end();
    start("unseen", setTraceContext(ROOT_CONTEXT, { ...scope, enabled: false })).end();
    await provider.forceFlush();
    expect([...server.infos.values()]).toMatchObject([{ trace_metadata: { a: "1" }, tags: { b: "2" } }]);
    expect(table().join("")).not.toContain("unseen");
  });

  it("sends a span that ends after its root once, and the others not again", async () => {
    const root = start("the-root");
    const late = start("the-late-one", below(root));
    root.end();
    await provider.forceFlush();
    expect(table().map((upload) => [upload.includes("the-root"), upload.includes("the-late-one")])).toEqual([
      [true, false],
    ]);
    late.end();
    await provider.forceFlush();
    expect(table().map((upload) => [upload.includes("the-root"), upload.includes("the-late-one")])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("sends the spans, but not the info, of a trace that began elsewhere", async () => {
    const remote = {
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
      traceFlags: 1,
      isRemote: true,
    };
    const parent = trace.setSpanContext(ROOT_CONTEXT, remote).setValue(REMOTE_TRACE_KEY, remote.traceId);
    start("served", parent).end();
    await provider.forceFlush();
    expect(server.infos.size).toBe(0);
    expect(table().join("")).toContain("served");
  });

  it("keeps many traces at a time apart", async () => {
    const roots = Array.from({ length: 30 }, (_, at) => start(`root-${at}`));
    for (const root of roots) start("child", below(root)).end();
    for (const root of roots) root.end();
    await provider.forceFlush();
    expect([server.infos.size, table().length]).toEqual([30, 30]);
  });
});

describe("DatabricksUCTableSpanExporter", () => {
  const run = async (name = "root") => {
    start(name).end();
    await provider.forceFlush();
  };

  it("takes the table that the server names", async () => {
    server.fault = ({ path }) => {
      const uc_table_prefix = { catalog_name: "m", schema_name: "s", otel_spans_table_name: "m.s.mine" };
      const trace_location = { type: "UC_TABLE_PREFIX", uc_table_prefix };
      return path.endsWith("/info") ? { status: 200, body: { trace_id: "x", trace_location } } : undefined;
    };
    await run();
    expect(table("m.s.mine")).toHaveLength(1);
  });

  it("tries again what may pass, and sends nothing twice", async () => {
    let refusals = 2;
    server.fault = () => (refusals-- > 0 ? { status: 503, body: "busy" } : undefined);
    await run();
    expect([server.infos.size, table().length, exporter.failed]).toEqual([1, 1, 0]);
  });

  it("reports the same failure once, counts all, and never throws", async () => {
    server.fault = () => ({ status: 403, body: { error_code: "PERMISSION_DENIED" } });
    for (const name of ["one", "two", "three"]) await run(name);
    expect(exporter.failed).toBe(3);
    expect(warnings).toHaveBeenCalledOnce();
    expect(warnings.mock.calls.join()).toContain("HTTP 403");
  });

  it("reports spans that are refused once, and keeps their info", async () => {
    server.fault = ({ path }) => (path.endsWith("/v1/traces") ? { status: 400, body: "no" } : undefined);
    await run("one");
    await run("two");
    expect([server.infos.size, exporter.failed, warnings.mock.calls.length]).toEqual([2, 2, 1]);
  });

  it("refuses a trace of another place", async () => {
    const finished = vi.spyOn(exporter, "export");
    await run();
    const [first] = finished.mock.calls;
    if (!first) throw new Error("nothing was exported");
    const [{ trace: whole }] = first;
    whole.info.traceLocation = { type: "MLFLOW_EXPERIMENT", mlflowExperiment: { experimentId: "1" } };
    exporter.export(first[0]);
    await exporter.flush();
    expect(exporter.failed).toBe(1);
  });
});

describe("exportOtlpSpansToUc", () => {
  it("sends nothing for no spans", async () => {
    await newClient().exportOtlpSpansToUc([], "a.b.c");
    expect(server.requests).toEqual([]);
  });
});
