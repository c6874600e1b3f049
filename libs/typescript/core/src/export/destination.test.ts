import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { TraceInfo } from "../entities/readable.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";
import { sampleTrace, sampleTraceId } from "../testing/sample-trace.js";
import { createDestination as createBrowserDestination } from "./browser-destination.js";
import { createDestination } from "./node-destination.js";

const good = { trackingUri: "http://localhost:5000", experimentId: "7" };
const databricks = { ...good, trackingUri: "databricks" };
const traceLocation = { catalogName: "c", schemaName: "s", tablePrefix: "p" };
const undos: (() => void)[] = [];

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^(MLFLOW|DATABRICKS)_/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv("DATABRICKS_CONFIG_FILE", "no-such-file");
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const undo of undos.splice(0)) undo();
});

describe("the destination of a Node.js process", () => {
  it.each<[string, object, RegExp]>([
    ["Databricks without a host", databricks, /Databricks host not found/],
    [
      "half a location",
      { ...good, traceLocation: { catalogName: "c", schemaName: "s" } },
      /traceLocation\.tablePrefix must be/,
    ],
  ])("is refused for %s", (_case, options, message) => {
    expect(() => createDestination({ ...good, ...options })).toThrow(message);
  });

  it("places traces in Unity Catalog, and warns of it on a server that has none", () => {
    const sink = vi.fn();
    undos.push(setDiagnosticSink(sink));
    const { place } = createDestination({ ...good, traceLocation });
    expect(place?.(TraceInfo.fromJson({ trace_id: "tr-12" })).traceId).toBe("trace:/c.s.p/12");
    expect(sink).toHaveBeenCalledWith(expect.stringContaining("traceLocation"), undefined);
  });
});

describe("the destination of a page", () => {
  it.each([databricks, { ...good, trackingUri: "databricks://dev" }, { ...good, traceLocation }])(
    "is never Databricks: %j",
    (options) => {
      expect(() => createBrowserDestination(options)).toThrow("Databricks can be reached from Node.js only");
    },
  );

  it("stores traces with the credentials of the options, and leaves costs to the server", async () => {
    const server = new FakeTrackingServer({ otlp: true });
    undos.push(server.install());
    const config = { ...good, trackingUri: server.uri, trackingServerToken: "t" };
    const { experimentId, exporter } = createBrowserDestination(config);
    const finished = sampleTrace({ spans: 2 });
    const before = { ...finished.trace.info.traceMetadata };
    exporter.export(finished);
    await exporter.flush();
    expect(experimentId).toBe("7");
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(2);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer t", "Bearer t"]);
    expect(finished.trace.info.traceMetadata).toEqual(before);
  });
});
