import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../json/bigint-json.js";
import { asList, asRecord } from "../json/read.js";
import { OtlpStore } from "../testing/otlp-store.js";
import { type SampleTrace, START_NS, sampleTrace, sampleTraceId } from "../testing/sample-trace.js";
import { encodeOtlpSpan, otlpBody } from "./otlp-encode.js";
import { traceDataFromOtlpJson } from "./otlp-json.js";
import type { Span } from "./span.js";

const ID = `${"0".repeat(31)}1`;

function encode(options: SampleTrace): Record<string, unknown> {
  const [span] = sampleTrace(options).trace.data.spans;
  return asRecord(JSON.parse(encodeOtlpSpan(span as Span, ID)));
}

function attribute(json: string): unknown {
  const list = asList(encode({ json: { x: json } }).attributes).map(asRecord);
  return list.find(({ key }) => key === "x")?.value;
}

/** What a server with a database gives back. */
function roundTrip(options: SampleTrace): Span | undefined {
  const store = new OtlpStore();
  const { trace } = sampleTrace(options);
  expect(store.take(otlpBody(trace.data.spans.map((span) => encodeOtlpSpan(span, ID))), "1")).toEqual({ status: 200 });
  return traceDataFromOtlpJson(parseJson(stringifyJson(store.stored(sampleTraceId(1))))).spans[0];
}

const nest = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("the value of an attribute", () => {
  it.each([
    ['"12"', { stringValue: '"12"' }],
    ['""', { stringValue: '""' }],
    ['{"a":[1,null,false]}', { stringValue: '{"a":[1,null,false]}' }],
    ["[]", { stringValue: "[]" }],
    ["null", {}],
    ["true", { boolValue: true }],
    ["false", { boolValue: false }],
    ["0", { intValue: "0" }],
    ["-7", { intValue: "-7" }],
    ["9223372036854775807", { intValue: "9223372036854775807" }],
    ["-9223372036854775808", { intValue: "-9223372036854775808" }],
    ["1.5", { doubleValue: 1.5 }],
    ["1e+21", { doubleValue: 1e21 }],
    ["1180591620717411303424", { doubleValue: 2 ** 70 }],
    ["9223372036854775809", { stringValue: '"9223372036854775809"' }],
    [`1${"0".repeat(400)}1`, { stringValue: `"1${"0".repeat(400)}1"` }],
  ])("%s is sent as %j", (json, expected) => {
    expect(attribute(json)).toEqual(expected);
  });

  it("keeps large integers within objects readable for MLflow", () => {
    const value =
      '{"exact":1180591620717411303424,"not":9223372036854775809,"fits":9223372036854775807,"s":"1234567890123456789012"}';
    expect(attribute(value)).toEqual({
      stringValue:
        '{"exact":1.1805916207174113e+21,"not":"9223372036854775809","fits":9223372036854775807,"s":"1234567890123456789012"}',
    });
  });

  it("turns what is nested too deep into text", () => {
    expect(attribute(nest(30))).toEqual({ stringValue: nest(30) });
    const { stringValue } = asRecord(attribute(nest(200)));
    let value: unknown = JSON.parse(String(stringValue));
    for (let level = 0; level < 30; level++) value = asRecord(value).a;
    expect(value).toBe(nest(170));
    const braces = JSON.stringify({ text: "{".repeat(500), quote: '\\"{{'.repeat(100) });
    expect(attribute(braces)).toEqual({ stringValue: braces });
  });

  it("leaves out what would make the server refuse the trace", () => {
    const usage = '{"input_tokens":5,"output_tokens":null,"total_tokens":1.5,"other":"kept"}';
    const span = encode({ json: { "mlflow.chat.tokenUsage": usage }, attributes: { "session.id": "s".repeat(300) } });
    const values = Object.fromEntries(
      asList(span.attributes).map((item) => [asRecord(item).key, asRecord(item).value]),
    );
    expect(values["mlflow.chat.tokenUsage"]).toEqual({ stringValue: '{"input_tokens":5,"other":"kept"}' });
    expect(values["session.id"]).toEqual({ stringValue: JSON.stringify("s".repeat(250)) });
  });
});

describe("a span in OTLP/JSON", () => {
  it("has hex ids, exact times, and names no resource", () => {
    const span = encode({});
    expect(span).toMatchObject({
      traceId: ID,
      spanId: "0000000000000001",
      parentSpanId: "",
      name: "span 0",
      startTimeUnixNano: String(START_NS),
      endTimeUnixNano: String(START_NS + 500_000_000n),
      status: { code: 1, message: "" },
    });
    expect(JSON.parse(otlpBody(["{}"]))).toEqual({ resourceSpans: [{ scopeSpans: [{ spans: [{}] }] }] });
  });

  it("survives names, keys and messages that no server would take", () => {
    const half = "a\ud800b";
    const extra = { name: half, status: { code: "STATUS_CODE_ERROR", message: half }, start_time_unix_nano: -5n };
    const span = roundTrip({ extra, json: { [half]: JSON.stringify(half) } });
    expect(span?.name).toBe("a\ufffdb");
    expect(span?.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "a\ufffdb" });
    expect(span?.startTime).toEqual([0, 0]);
    expect(encode({ extra: { end_time_unix_nano: 10n ** 20n } }).endTimeUnixNano).toBe("9000000000000000000");
  });

  it("brings events and links with native attributes", () => {
    const extra = {
      events: [{ name: "e", time_unix_nano: START_NS, attributes: { s: "12", n: 1, d: 1.5, b: true, l: ["a", 1] } }],
      links: [{ trace_id: sampleTraceId(7), span_id: "00000000000000aa", attributes: { why: "retry" } }],
    };
    const span = roundTrip({ extra });
    expect(span?.events).toEqual([
      { name: "e", timestamp: START_NS, attributes: { s: "12", n: 1, d: 1.5, b: true, l: ["a", 1] } },
    ]);
    expect(span?.links).toEqual([
      { traceId: sampleTraceId(7), spanId: "00000000000000aa", attributes: { why: "retry" } },
    ]);
  });

  it("gives every tricky value back equal", () => {
    const values = { a: "12", b: "true", c: "", d: false, e: "[1,2]", f: '{"x":1}', g: "æ😀", h: null, i: 0, j: '"q"' };
    const attributes = { ...values, "mlflow.spanInputs": { ...values, list: [values, "1.5", 1.5] } };
    const span = roundTrip({ attributes, json: { big: String(2n ** 60n) } });
    expect(span?.attributes).toMatchObject({ ...attributes, big: 2n ** 60n });
  });
});
