import { trace as otel } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { beforeEach, describe, expect, it } from "vitest";
import { InMemoryTraceExporter, init, MlflowSpanProcessor, setDiagnosticSink, startSpan, withSpan } from "./index.js";

const theirs = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  spanProcessors: [new MlflowSpanProcessor(), new SimpleSpanProcessor(theirs)],
});
otel.setGlobalTracerProvider(provider);
const tracer = provider.getTracer("theirs");
const exporter = new InMemoryTraceExporter();
init({ exporter });

const within = <T>(name: string, fn: () => T): T =>
  tracer.startActiveSpan(name, { attributes: { rows: 3, sql: "12" } }, (span) => {
    try {
      return fn();
    } finally {
      span.end();
    }
  });
const spansOf = (at: number) => exporter.traces[at]?.trace.data.spans ?? [];
const treeOf = (at: number) => {
  const spans = spansOf(at);
  return spans.map(({ name, parentId }) => [name, spans.find(({ spanId }) => spanId === parentId)?.name ?? null]);
};

describe("an application whose own OpenTelemetry provider has our span processor", () => {
  beforeEach(() => {
    exporter.clear();
    theirs.reset();
  });

  it("gives one trace in which its spans and MLflow's are each other's parents", async () => {
    await within("request", () =>
      withSpan(
        async () => {
          await Promise.resolve();
          within("query", () => withSpan(() => 1, { name: "inner" }));
        },
        { name: "outer" },
      ),
    );
    expect(exporter.traces).toHaveLength(1);
    expect(treeOf(0)).toEqual([
      ["request", null],
      ["outer", "request"],
      ["query", "outer"],
      ["inner", "query"],
    ]);
    expect(theirs.getFinishedSpans().map(({ name }) => name)).toEqual(["request", "query"]);
  });

  it("keeps their native attributes and ours apart, and settles their status", () => {
    within("request", () => startSpan({ name: "x", inputs: "12" }).end());
    const [request, ours] = spansOf(0);
    expect(request?.attributes).toMatchObject({ rows: 3, sql: "12" });
    expect(request?.getAttributeJson("sql")).toBe('"12"');
    expect(request?.getAttributeJson("mlflow.traceRequestId")).toBe(`"${request?.traceId}"`);
    expect(request).toMatchObject({ status: { statusCode: "STATUS_CODE_OK" }, logLevel: 10, spanType: "UNKNOWN" });
    expect(ours?.inputs).toBe("12");
  });

  it("marks what failed in their provider as failed", () => {
    const span = tracer.startSpan("bad");
    span.setStatus({ code: 2, message: "no" });
    span.end();
    expect(spansOf(0)[0]?.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "no" });
    expect(exporter.traces[0]?.trace.info.state).toBe("ERROR");
  });

  it("survives an exporter that throws", () => {
    const problems: string[] = [];
    const undo = setDiagnosticSink((message) => void problems.push(message));
    init({
      exporter: {
        export: () => {
          throw new Error("disk full");
        },
        flush: async () => {},
      },
    });
    expect(within("request", () => "fine")).toBe("fine");
    expect(withSpan(() => "fine")).toBe("fine");
    expect(problems).toHaveLength(2);
    init({ exporter });
    undo();
  });
});
