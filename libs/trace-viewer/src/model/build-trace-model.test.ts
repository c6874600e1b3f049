import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTraceModel } from "./build-trace-model";
import { failedTrace, type SampleSpan, sampleTime, sampleTrace, weatherTrace } from "./sample-trace";
import type { LiveSpan, TraceJson } from "./trace-json";

const names = (traces: readonly TraceJson[], live: readonly LiveSpan[] = []) =>
  buildTraceModel(traces, live).nodes.map((node) => node.name);

function live(id: string, more: Partial<LiveSpan> = {}): LiveSpan {
  const times = { startTimeUnixNano: sampleTime(0), endTimeUnixNano: null };
  return {
    traceId: "tr-live",
    spanId: id,
    parentId: null,
    name: id,
    spanType: "LLM",
    status: "UNSET",
    ...times,
    ...more,
  };
}

describe("buildTraceModel", () => {
  it("orders spans depth first by start and measures them on one axis", () => {
    const { nodes, lengthMs } = buildTraceModel([weatherTrace()]);
    expect(nodes.map((node) => [node.name, node.type, node.depth, node.startMs, node.durationMs])).toEqual([
      ["weather_agent", "AGENT", 0, 0, 84],
      ["Messages", "LLM", 1, 10, 34],
      ["get_weather", "TOOL", 1, 45, 2],
      ["Messages", "LLM", 1, 48, 32],
    ]);
    expect(lengthMs).toBe(84);
    expect(nodes[0]?.selfMs).toBe(84 - 34 - 2 - 32);
  });

  it("decodes inputs, outputs and attributes, and keeps the exact text", () => {
    const tool = buildTraceModel([weatherTrace()]).nodes[2];
    expect(tool?.inputs).toEqual({ value: { city: "Tokyo" }, text: '{"city":"Tokyo"}' });
    expect(tool?.outputs).toEqual({ value: "sunny", text: "sunny" });
    expect(tool?.attributes["mlflow.spanType"]).toBe("TOOL");
  });

  it("puts several traces on one axis", () => {
    const later = sampleTrace([{ id: "b", from: 100, to: 130 }], "trace-b");
    const { nodes, totals } = buildTraceModel([later, sampleTrace([{ id: "a", from: 0, to: 50 }])]);
    expect(nodes.map((node) => [node.spanId, node.startMs])).toEqual([
      ["a", 0],
      ["b", 100],
    ]);
    expect(totals).toMatchObject({ traceCount: 2, spanCount: 2, durationMs: 130 });
  });

  it("keeps nanoseconds exact", () => {
    const spans = [
      { span_id: "a", start_time_unix_nano: "1795383894604819121", end_time_unix_nano: "1795383894604819122" },
    ];
    expect(buildTraceModel([{ data: { spans } }]).nodes[0]?.durationMs).toBe(0.000001);
  });

  it("reads numbers, base64 ids and decoded attributes as well", () => {
    const spans = [
      {
        span_id: "fEN32srUDqg=",
        start_time_unix_nano: 1_000_000,
        end_time_unix_nano: 3_000_000,
        attributes: { "mlflow.spanType": "TOOL" },
      },
      {
        span_id: "aaaaaaaaaaaaaaaa",
        parent_span_id: "7c4377dacad40ea8",
        attributes: { "mlflow.spanInputs": { a: 1 } },
      },
    ];
    const { nodes } = buildTraceModel([{ data: { spans } }]);
    expect(nodes.map((node) => [node.type, node.depth, node.durationMs])).toEqual([
      ["TOOL", 0, 2],
      ["UNKNOWN", 1, null],
    ]);
    expect(nodes[1]?.inputs?.value).toEqual({ a: 1 });
  });

  it("shows orphans and cycles as roots and keeps repeated ids apart", () => {
    const spans: SampleSpan[] = [
      { id: "orphan", parent: "nowhere" },
      { id: "x", parent: "y", from: 5 },
      { id: "y", parent: "x", from: 6 },
      { id: "twice", from: 7, to: 9 },
      { id: "twice", from: 8, to: 9 },
      { id: "child", parent: "twice", from: 8, to: 9 },
    ];
    const { nodes } = buildTraceModel([sampleTrace(spans)]);
    expect(nodes.map((node) => [node.spanId, node.depth])).toEqual([
      ["orphan", 0],
      ["x", 0],
      ["y", 1],
      ["twice", 0],
      ["child", 1],
      ["twice", 0],
    ]);
    expect(new Set(nodes.map((node) => node.key)).size).toBe(nodes.length);
  });

  it("knows spans that have no end, end before their start, or have no time at all", () => {
    const odd = { data: { spans: [{ span_id: "timeless" }] } };
    const { nodes } = buildTraceModel([
      sampleTrace([
        { id: "open", from: 3, to: null },
        { id: "back", from: 5, to: 2 },
      ]),
      odd,
    ]);
    const of = (id: string) => nodes.find((node) => node.spanId === id);
    expect(of("open")).toMatchObject({ endMs: null, durationMs: null, selfMs: null });
    expect(of("back")).toMatchObject({ durationMs: 0 });
    expect(of("timeless")).toMatchObject({ startMs: 0, durationMs: null });
  });
});

describe("live spans", () => {
  it("takes events as they come: the last of a span wins, and the recorded span replaces it", () => {
    const events = [
      live("a"),
      live("b", { parentId: "a" }),
      live("b", { parentId: "a", endTimeUnixNano: sampleTime(4), status: "OK" }),
    ];
    const running = buildTraceModel([], events);
    expect(running.nodes.map((node) => [node.name, node.depth, node.endMs, node.live])).toEqual([
      ["a", 0, null, true],
      ["b", 1, 4, true],
    ]);
    expect(running.totals.openCount).toBe(1);
    const recorded = sampleTrace([{ id: "a", name: "a, recorded", to: 9 }], "tr-live");
    expect(names([recorded], events)).toEqual(["a, recorded", "b"]);
    expect(buildTraceModel([recorded], events).totals.traceCount).toBe(1);
  });
});

describe("totals", () => {
  const usage = (input: number, output: number) => ({
    "mlflow.chat.tokenUsage": { input_tokens: input, output_tokens: output },
  });

  it("adds up tokens and cost of the topmost spans that report them", () => {
    const trace = sampleTrace([
      { id: "agent", attributes: { ...usage(10, 5), "mlflow.llm.cost": { total_cost: 0.5 } } },
      { id: "inner", parent: "agent", attributes: { ...usage(10, 5), "mlflow.llm.cost": { total_cost: 0.5 } } },
      { id: "other", attributes: usage(1, 2) },
    ]);
    const { totals } = buildTraceModel([trace]);
    expect(totals.usage).toMatchObject({ inputTokens: 11, outputTokens: 7, totalTokens: 18 });
    expect(totals.cost).toBe(0.5);
  });

  it("takes a trace's own count where it has one", () => {
    const metadata = { "mlflow.trace.tokenUsage": '{"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}' };
    const counted = sampleTrace([{ id: "a", attributes: usage(1, 1) }], "trace-a", metadata);
    const plain = sampleTrace([{ id: "b", attributes: usage(2, 3) }], "trace-b");
    expect(buildTraceModel([counted, plain]).totals.usage?.totalTokens).toBe(125);
  });

  it("knows nothing of tokens and cost that nobody reported", () => {
    expect(buildTraceModel([sampleTrace([{ id: "a" }])]).totals).toMatchObject({
      usage: null,
      cost: null,
      errorCount: 0,
    });
  });

  it("counts an error once, where it arose", () => {
    expect(buildTraceModel([failedTrace()]).totals.errorCount).toBe(1);
  });
});

describe("overlap", () => {
  it("finds the most siblings that run at once", () => {
    const agents = ["a", "b", "c"].map((id, index) => ({ id, type: "AGENT", from: index, to: 10 + index }));
    expect(buildTraceModel([sampleTrace(agents)]).overlap).toEqual({ count: 3, type: "AGENT" });
  });

  it("says nothing of spans in a row, even when one ends as the next begins", () => {
    const row = ["a", "b"].map((id, index) => ({ id, from: index * 5, to: index * 5 + 5 }));
    expect(buildTraceModel([sampleTrace(row)]).overlap).toBeNull();
  });

  it("does not take a parent and its child for siblings", () => {
    expect(buildTraceModel([weatherTrace()]).overlap).toBeNull();
  });

  it("counts overlapping children once in the parent's own time", () => {
    const trace = sampleTrace([
      { id: "p", to: 10 },
      { id: "a", parent: "p", from: 1, to: 6 },
      { id: "b", parent: "p", from: 2, to: 4 },
      { id: "c", parent: "p", from: 5, to: 20 },
    ]);
    expect(buildTraceModel([trace]).nodes[0]?.selfMs).toBe(1);
  });
});

describe("hostile input", () => {
  const id = fc.constantFrom("a", "b", "c", "d", "", null, 7);
  const time = fc.oneof(
    fc.nat().map(String),
    fc.nat(),
    fc.constantFrom(null, -1, "x", "0", Number.NaN, 1e300, "9".repeat(40)),
  );
  const garbageSpan = fc.oneof(
    fc.anything(),
    fc.record(
      {
        span_id: id,
        parent_span_id: id,
        name: fc.anything(),
        start_time_unix_nano: time,
        end_time_unix_nano: time,
        status: fc.anything(),
        attributes: fc.oneof(
          fc.anything(),
          fc.dictionary(fc.constantFrom("mlflow.spanType", "mlflow.chat.tokenUsage"), fc.anything()),
        ),
        events: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  );

  it("never throws, shows each span once, and gives finite numbers", () => {
    fc.assert(
      fc.property(fc.array(garbageSpan, { maxLength: 30 }), (spans) => {
        const { nodes, totals, lengthMs } = buildTraceModel([{ info: {}, data: { spans: spans as never } }]);
        expect(nodes).toHaveLength(spans.length);
        expect(totals.spanCount).toBe(spans.length);
        expect(new Set(nodes.map((node) => node.key)).size).toBe(spans.length);
        expect(Number.isFinite(lengthMs)).toBe(true);
        for (const node of nodes) {
          expect(Number.isFinite(node.startMs)).toBe(true);
          expect([node.inputs, node.outputs, node.attributes, node.events, node.links]).toHaveLength(5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("takes anything for traces and live spans", () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.array(fc.anything()), (traces, spans) => {
        expect(() => buildTraceModel(traces as never, spans as never)).not.toThrow();
      }),
    );
  });
});

describe("10,000 spans", () => {
  it("keeps shape: every span once, each inside its parent's subtree", () => {
    const spans: SampleSpan[] = Array.from({ length: 10_000 }, (_, index) => ({
      id: `s${index}`,
      ...(index > 0 && { parent: `s${Math.floor((index - 1) / 3)}` }),
      from: index,
      to: index + 1,
    }));
    const { nodes, totals } = buildTraceModel([sampleTrace(spans)]);
    expect(totals.spanCount).toBe(10_000);
    expect(nodes[0]?.subtreeSize).toBe(10_000);
    for (const node of nodes) {
      const parent = nodes[node.parent];
      if (!parent) continue;
      expect(node.depth).toBe(parent.depth + 1);
      expect(node.index).toBeLessThan(parent.index + parent.subtreeSize);
    }
  });
});
