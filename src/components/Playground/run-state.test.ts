import type { RunEvent, SpanEvent, Trace } from "@tracebook/playground/contract";
import { describe, expect, it } from "vitest";
import type { PlaygroundExample } from "./example";
import { collectOutput, recordedState, reduceRun } from "./run-state";

const trace = (id: string): Trace => ({ info: { trace_id: id }, data: { spans: [] } });
const example: PlaygroundExample = {
  id: "a/b",
  title: "A",
  program: { language: "typescript", entry: "main.ts", files: { "main.ts": "" } },
  recording: { outcome: "completed", console: [{ level: "log", text: "recorded" }], traces: [trace("tr-recorded")] },
  loadCompiled: async () => ({}),
};
const span = (traceId: string, spanId: string, phase: SpanEvent["phase"]): SpanEvent => ({
  type: "span",
  phase,
  traceId,
  spanId,
  parentId: null,
  name: spanId,
  spanType: "LLM",
  startTimeUnixNano: "1",
  endTimeUnixNano: phase === "end" ? "2" : null,
  status: "UNSET",
});

describe("reduceRun", () => {
  it("keeps showing the output before until there is a newer one", () => {
    const running = reduceRun(recordedState(example), { type: "started" });
    expect(running).toMatchObject({ phase: "running", fresh: false });
    expect(running.output.traces).toHaveLength(1);
  });

  it("returns to the recording on reset", () => {
    const running = reduceRun(recordedState(example), { type: "started" });
    expect(reduceRun(running, { type: "reset", example })).toEqual(recordedState(example));
  });
});

describe("collectOutput", () => {
  const collect = (...events: RunEvent[]) => {
    const collected = collectOutput();
    for (const event of events) collected.add(event);
    return collected.output();
  };

  it("shows each span once, by its latest event", () => {
    const { live } = collect(span("t", "a", "start"), span("t", "b", "start"), span("t", "a", "end"));
    expect(live.map(({ spanId, phase }) => [spanId, phase])).toEqual([
      ["a", "end"],
      ["b", "start"],
    ]);
  });

  it("drops the live spans of a trace that has arrived, and no others", () => {
    const { live, traces } = collect(span("tr-1", "a", "end"), span("tr-2", "b", "end"), {
      type: "trace",
      trace: trace("tr-1"),
    });
    expect(live.map(({ spanId }) => spanId)).toEqual(["b"]);
    expect(traces).toHaveLength(1);
  });

  it("is empty until something has come that can be shown", () => {
    const collected = collectOutput();
    collected.add({ type: "exit", ok: true });
    expect(collected.isEmpty()).toBe(true);
    collected.add({ type: "console", level: "log", text: "" });
    expect(collected.isEmpty()).toBe(false);
  });
});
