import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  flushTraces,
  InMemoryTraceExporter,
  init,
  MlflowClient,
  SpanType,
  setDiagnosticSink,
  shutdown,
  startSpan,
  type TraceExporter,
  withSpan,
} from "./index.js";
import { openTraces } from "./telemetry/open-traces.js";
import { FakeTrackingServer } from "./testing/fake-tracking-server.js";

let server: FakeTrackingServer;
let problems: string[];
let undos: (() => void)[];

beforeEach(() => {
  server = new FakeTrackingServer({ otlp: true });
  problems = [];
  undos = [server.install(), setDiagnosticSink((message) => void problems.push(message))];
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterEach(async () => {
  await shutdown();
  for (const undo of undos.reverse()) undo();
});

describe("a second init", () => {
  it("sends later traces elsewhere, while a flush still waits for the first", async () => {
    const paths: string[] = [];
    server.fault = async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      paths.push(path);
      return undefined;
    };
    withSpan(() => 1);
    init({ trackingUri: `${server.uri}/second`, experimentId: "2" });
    await flushTraces();
    expect(paths).toEqual(["/v1/traces", "/api/3.0/mlflow/traces"]);
    withSpan(() => 2);
    await flushTraces();
    expect(paths.slice(2)).toEqual(["/second/v1/traces", "/second/api/3.0/mlflow/traces"]);
  });

  it("closes the exporter that there was, whatever it does then", async () => {
    const calls: string[] = [];
    const odd: TraceExporter = {
      export: () => {},
      flush: async () => void calls.push("flush"),
      close: () => {
        calls.push("close");
        throw new Error("broken");
      },
    };
    init({ exporter: odd });
    const memory = new InMemoryTraceExporter();
    init({ exporter: memory });
    withSpan(() => 1);
    await flushTraces();
    expect([calls, memory.traces.length]).toEqual([["close"], 1]);
    expect(problems).toEqual(["Failed to close an exporter"]);
  });
});

describe("a finished trace", () => {
  it("is completed in the background: with its cost, and with where the program's source is", async () => {
    const id = withSpan((span) => {
      span.setSpanType(SpanType.LLM);
      span.setAttribute("mlflow.llm.model", "gpt-4o-mini");
      span.setAttribute("mlflow.chat.tokenUsage", {
        input_tokens: 1_000_000,
        output_tokens: 0,
        total_tokens: 1_000_000,
      });
      return span.traceId;
    });
    await flushTraces();
    const { info, data } = await new MlflowClient({ trackingUri: server.uri }).getTrace(id);
    expect(data.spans[0]?.getAttribute("mlflow.llm.cost")).toEqual({
      input_cost: 0.15,
      output_cost: 0,
      total_cost: 0.15,
    });
    expect(JSON.parse(info.traceMetadata["mlflow.trace.cost"] ?? "")).toMatchObject({ total_cost: 0.15 });
    expect(problems).toEqual([]);
  });
});

describe("traces in progress", () => {
  it("can be had at any time, for a process that is about to end", () => {
    const root = startSpan({ name: "root" });
    startSpan({ name: "child", parent: root }).end();
    const open = openTraces();
    expect(open.map(({ trace }) => trace.data.spans.map(({ name, endTime }) => [name, endTime === null]))).toEqual([
      [
        ["root", true],
        ["child", false],
      ],
    ]);
    root.end();
    expect(openTraces()).toEqual([]);
  });
});

describe("credentials", () => {
  it("are sent as they were given, and no workspace unless asked", async () => {
    const id = withSpan((span) => span.traceId);
    await flushTraces();
    const credentials = { trackingServerUsername: "kari", trackingServerPassword: "blåbær", trackingServerToken: "t" };
    await new MlflowClient({ trackingUri: `${server.uri}/`, ...credentials }).getTraceInfo(id);
    await new MlflowClient({ trackingUri: server.uri, trackingServerToken: "t", workspace: "north" }).getTraceInfo(id);
    const [basic, bearer] = server.requests.slice(-2).map(({ headers }) => headers);
    expect(Buffer.from(basic?.authorization?.slice(6) ?? "", "base64").toString()).toBe("kari:blåbær");
    expect(basic).not.toHaveProperty("x-mlflow-workspace");
    expect(bearer).toMatchObject({ authorization: "Bearer t", "x-mlflow-workspace": "north" });
  });
});
