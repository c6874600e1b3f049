import { describe, expect, it } from "vitest";
import type { Trace } from "./contract";
import { traceShape, traceShapes } from "./trace-shape";

type Span = Trace["data"]["spans"][number];

function span(id: string, parent: string | null, name: string, extra: Partial<Span> = {}): Span {
  return {
    trace_id: "t",
    span_id: id,
    parent_span_id: parent,
    name,
    start_time_unix_nano: "1",
    end_time_unix_nano: "2",
    status: { code: "STATUS_CODE_OK" },
    attributes: { "mlflow.spanType": '"LLM"' },
    events: [],
    ...extra,
  };
}

const trace = (spans: Span[]): Trace => ({ info: { trace_id: "tr-1", state: "OK" }, data: { spans } });

describe("traceShape", () => {
  it("does not depend on ids, times or the order of siblings", () => {
    const a = trace([span("1", null, "root"), span("2", "1", "b"), span("3", "1", "a")]);
    const b = trace([span("9", null, "root", { start_time_unix_nano: "7" }), span("8", "9", "a"), span("7", "9", "b")]);
    expect(traceShape(a)).toEqual(traceShape(b));
  });

  it.each<[string, Span]>([
    ["name", span("2", "1", "other")],
    ["parent", span("2", null, "child")],
    ["status", span("2", "1", "child", { status: { code: "STATUS_CODE_ERROR" } })],
    ["type", span("2", "1", "child", { attributes: { "mlflow.spanType": '"TOOL"' } })],
    [
      "token usage",
      span("2", "1", "child", {
        attributes: { "mlflow.spanType": '"LLM"', "mlflow.chat.tokenUsage": '{"input_tokens":1}' },
      }),
    ],
  ])("shows a changed %s", (_what, changed) => {
    const before = trace([span("1", null, "root"), span("2", "1", "child")]);
    expect(traceShape(trace([span("1", null, "root"), changed]))).not.toEqual(traceShape(before));
  });

  it("shows spans whose parent is missing as roots", () => {
    expect(traceShape(trace([span("2", "gone", "orphan")])).roots.map(({ name }) => name)).toEqual(["orphan"]);
  });

  it("puts several traces in an order of their own", () => {
    const [a, b] = [trace([span("1", null, "a")]), trace([span("1", null, "b")])];
    expect(traceShapes([a, b])).toEqual(traceShapes([b, a]));
  });
});
