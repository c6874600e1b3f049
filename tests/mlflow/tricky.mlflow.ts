import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { flushTraces, init, MlflowClient } from "mlflow-tracing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { exact } from "./support/exact";
import type { Style } from "./support/expected";
import { type ProxyWithoutOtlp, startProxyWithoutOtlp } from "./support/proxy";
import { readWithPython } from "./support/python";
import type { SpanRecord, TraceRecord } from "./support/record";
import { type SpanSpec, type TraceSpec, type WrittenTrace, writeTrace } from "./support/trace-spec";
import { DEEP, HALF_PAIR, TEXTS, type TrickyValue, VALUES } from "./values";

const START = 1_750_000_000_000_000_001n;
const LINKED = ["tr-0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"] as const;
const KEYS = ["a.b", "a b", '"', "鍵", "🙂", "constructor", "toString", "null", "x".repeat(300), "\n"];

/** One span a value: in all places where a value can be. */
function spanOf({ value }: TrickyValue): SpanSpec {
  return {
    name: "value",
    type: "TOOL",
    parent: 0,
    startNs: START,
    endNs: START + 1n,
    inputs: value,
    outputs: value,
    attributes: { own: value, deeper: { in: [value] } },
    events: [["event", START, { value }]],
    links: [[...LINKED, { value }]],
  };
}

const ROOT: SpanSpec = { name: "root", type: "CHAIN", startNs: START, endNs: START + 1n };
const IN_VALUES: TraceSpec = { spans: [ROOT, ...[...VALUES, ...DEEP].map(spanOf)] };
const AS_TEXT: TraceSpec = {
  tags: Object.fromEntries(TEXTS.map(({ value }, at) => [`tag ${at}`, String(value)])),
  metadata: Object.fromEntries(TEXTS.map(({ value }, at) => [`metadata ${at}`, String(value).slice(0, 250)])),
  clientRequestId: HALF_PAIR,
  requestPreview: `${HALF_PAIR} \u0000`,
  responsePreview: '"12"',
  spans: [
    { ...ROOT, attributes: Object.fromEntries(KEYS.map((key, at) => [key, at])) },
    ...TEXTS.map(
      ({ value }): SpanSpec => ({ ...ROOT, parent: 0, name: String(value), status: ["ERROR", String(value)] }),
    ),
    { ...ROOT, parent: 0, name: HALF_PAIR, type: '{"a":1}', status: ["ERROR", HALF_PAIR] },
  ],
};

/** What a value comes back as. */
function expectedBack({ value, changed = { reason: "" } }: TrickyValue, style: Style, place: "values" | "events") {
  const always = { values: "always", events: "inEvents" } as const;
  const byOtlp = { values: "byOtlp", events: "inEventsByOtlp" } as const;
  if (style === "otlp" && byOtlp[place] in changed) return exact(changed[byOtlp[place]]);
  return exact(always[place] in changed ? changed[always[place]] : value);
}

describe.each<Style>(["otlp", "traces.json"])("tricky values by %s", (style) => {
  const client = new MlflowClient({ trackingUri: testEnvironment().trackingUri });
  let proxy: ProxyWithoutOtlp;
  let written: WrittenTrace[];
  let readers: Record<"Python" | "our client", TraceRecord[]>;

  beforeAll(async () => {
    proxy = await startProxyWithoutOtlp(client.getHost());
    const experimentId = await client.createExperiment(`tricky ${style} ${randomUUID()}`);
    init({ trackingUri: style === "otlp" ? client.getHost() : proxy.uri, experimentId });
    written = [IN_VALUES, AS_TEXT].map(writeTrace);
    await flushTraces();
    const ids = written.map(({ traceId }) => traceId);
    const traces = await Promise.all(ids.map((id) => client.getTrace(id)));
    readers = { Python: await readWithPython(ids), "our client": traces.map(traceFromClient) };
  });
  afterAll(() => proxy.close());

  const span = (reader: keyof typeof readers, trace: number, at: number): SpanRecord => {
    const found = readers[reader][trace]?.spans[written[trace]?.spanIds[at] ?? ""];
    if (!found) throw new Error(`${reader} has no span ${at} of trace ${trace}.`);
    return found;
  };

  describe.each(["Python", "our client"] as const)("read by %s", (reader) => {
    it.each(VALUES.map((value, at) => [value.name, value, at + 1] as const))("%s", (_name, value, at) => {
      const { inputs, outputs, attributes, events, links } = span(reader, 0, at);
      const back = expectedBack(value, style, "values");
      expect({ inputs, outputs, own: attributes.own, deeper: attributes.deeper }).toStrictEqual({
        inputs: back,
        outputs: back,
        own: back,
        deeper: { in: [back] },
      });
      const inEvents = { value: expectedBack(value, style, "events") };
      expect([events, links]).toStrictEqual([[["event", START, inEvents]], [[...LINKED, inEvents]]]);
    });

    it.each(DEEP.map((value, at) => [value.name, value, at + 1 + VALUES.length] as const))("%s", (_name, value, at) => {
      expect(span(reader, 0, at).inputs).toStrictEqual(expectedBack(value, style, "values"));
    });

    it("texts as names, messages, tags and metadata", () => {
      const texts = TEXTS.map(({ value }) => String(value));
      const spans = texts.map((_text, at) => span(reader, 1, at + 1));
      expect(spans.map(({ name }) => name)).toEqual(texts);
      expect(spans.map(({ message }) => message)).toEqual(texts);
      expect(readers[reader][1]?.info).toMatchObject({ tags: AS_TEXT.tags, metadata: AS_TEXT.metadata });
    });

    it("keys of attributes", () => {
      const { attributes } = span(reader, 1, 0);
      const own = Object.entries(attributes).filter(([key]) => !key.startsWith("mlflow."));
      expect(Object.fromEntries(own)).toStrictEqual(Object.fromEntries(KEYS.map((key, at) => [key, BigInt(at)])));
    });

    it("half a surrogate pair in other places, and a type that looks like JSON", () => {
      const broken = span(reader, 1, TEXTS.length + 1);
      const name = style === "otlp" ? "a\ufffdb" : HALF_PAIR;
      expect(broken).toMatchObject({ name, message: name, type: '{"a":1}' });
      expect(readers[reader][1]?.info).toMatchObject({
        clientRequestId: "a\ufffdb",
        requestPreview: "a\ufffdb \u0000",
        responsePreview: '"12"',
      });
    });
  });

  it("the comparison notices a single difference", () => {
    const trace = readers.Python[0];
    const changed = structuredClone(trace);
    const last = Object.values(changed?.spans ?? {}).at(-1);
    if (!last) throw new Error("There is no span.");
    last.startNs += 1n;
    expect(changed).not.toStrictEqual(trace);
    last.startNs -= 1n;
    expect(changed).toStrictEqual(trace);
    last.attributes["mlflow.spanLogLevel"] = 20;
    expect(changed).not.toStrictEqual(trace);
  });
});

describe("the table", () => {
  it("has a reason for every change, and no change without a difference", () => {
    for (const { name, value, changed } of [...VALUES, ...DEEP]) {
      if (!changed) continue;
      const { reason, ...places } = changed;
      expect([name, reason]).not.toEqual([name, ""]);
      const differs = (becomes: unknown) => !isDeepStrictEqual(exact(becomes), exact(value));
      expect([name, Object.values(places).some(differs)]).toEqual([name, true]);
    }
  });
});
