import { describe, expect, it } from "vitest";
import { compareSmoke } from "./check-smoke";
import type { SmokeResult } from "./programs/smoke";
import type { OtlpSpan, Received } from "./receiver";

const TRACE = "0123456789abcdef0123456789abcdef";
const STARTED_MS = 1_800_000_000_000;
const NAMES = ["agent", "search", "tool", "explicit", "implicit"];

function attributes(name: string): OtlpSpan["attributes"] {
  const texts: Record<string, Record<string, string>> = {
    agent: { "mlflow.spanInputs": '{"question":"What is tracing?"}', "mlflow.spanType": '"AGENT"' },
    search: { "mlflow.spanOutputs": '["found tracing","naïve 🦊"]' },
  };
  return Object.entries(texts[name] ?? {}).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

function sentSpan(name: string, index: number): OtlpSpan {
  return {
    name,
    traceId: TRACE,
    spanId: `000000000000000${index + 1}`,
    parentSpanId: index === 0 ? "" : "0000000000000001",
    startTimeUnixNano: `${BigInt(STARTED_MS) * 1_000_000n + BigInt(index)}`,
    endTimeUnixNano: `${BigInt(STARTED_MS + 5) * 1_000_000n}`,
    status: { code: name === "tool" ? 2 : 1, message: "" },
    attributes: attributes(name),
    events: name === "tool" ? [{ name: "exception" }] : [],
  };
}

function sample(change: (span: OtlpSpan) => OtlpSpan = (span) => span): [SmokeResult, Received] {
  const spans = NAMES.map(sentSpan);
  const seen = spans.map((span) => ({
    name: span.name,
    traceId: `tr-${span.traceId}`,
    spanId: span.spanId,
    parentId: span.parentSpanId || null,
    start: span.startTimeUnixNano,
    end: span.endTimeUnixNano,
  }));
  const answer = "naïve 🦊; RangeError: no such page";
  return [
    { spans: seen, answer, startedMs: STARTED_MS, endedMs: STARTED_MS + 6 },
    {
      spans: spans.map(change),
      infos: [{ trace_id: `tr-${TRACE}`, state: "OK" }],
      experiments: ["7"],
      keepalives: 0,
    },
  ];
}

const spoil = (name: string, part: Partial<OtlpSpan>) =>
  sample((span) => (span.name === name ? { ...span, ...part } : span));

describe("compareSmoke", () => {
  it("finds nothing wrong with what is right", () => {
    expect(compareSmoke(...sample(), true)).toEqual([]);
  });

  it.each<[string, [SmokeResult, Received]]>([
    ["a lost parent", spoil("explicit", { parentSpanId: "" })],
    ["a wrong parent", spoil("search", { parentSpanId: "0000000000000003" })],
    ["an id that is not the one of the program", spoil("tool", { spanId: "00000000000000ff" })],
    ["milliseconds for nanoseconds", spoil("search", { startTimeUnixNano: String(STARTED_MS) })],
    ["a nanosecond that was rounded away", spoil("implicit", { startTimeUnixNano: `${STARTED_MS}000000` })],
    ["a span that ends before it starts", spoil("tool", { endTimeUnixNano: `${STARTED_MS - 1}000000` })],
    ["lost contents", spoil("agent", { attributes: [] })],
    ["a failure that looks like a success", spoil("tool", { status: { code: 1, message: "" } })],
    ["a lost exception", spoil("tool", { events: [] })],
  ])("notices %s", (_what, [result, received]) => {
    expect(compareSmoke(result, received, true)).not.toEqual([]);
  });

  it("notices missing spans and infos, and another experiment", () => {
    const [result, received] = sample();
    expect(compareSmoke(result, { ...received, spans: received.spans.slice(1) }, true)).not.toEqual([]);
    expect(compareSmoke(result, { ...received, infos: [] }, true)).not.toEqual([]);
    expect(compareSmoke(result, { ...received, experiments: [undefined] }, true)).not.toEqual([]);
    expect(compareSmoke({ ...result, answer: "" }, received, true)).not.toEqual([]);
  });

  it("expects no parent after an await where no storage is installed", () => {
    expect(compareSmoke(...sample(), false).join()).toContain("implicit < agent");
  });
});
