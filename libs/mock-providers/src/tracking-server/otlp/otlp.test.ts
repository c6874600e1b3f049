import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { TraceSchema } from "../../../../playground/src/contract";
import type { MockReply } from "../../contract";
import { createTrackingServer, type TrackingServer } from "../index";
import { parseTyped } from "./typed-json";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const ROOT = "b7ad6b7169203331";
const START = 1749996461282000001n;
const JSON_HEADERS = { "content-type": "application/json", "x-mlflow-experiment-id": "0" };

interface Sent {
  readonly [field: string]: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A span in OTLP/JSON; attributes that are no objects are sent as their JSON text. */
function span({ attributes = {}, ...fields }: Sent = {}): object {
  return {
    traceId: TRACE,
    spanId: ROOT,
    name: "root",
    startTimeUnixNano: `${START}`,
    endTimeUnixNano: `${START + 500_000_000n}`,
    status: { code: 1 },
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === "object" ? value : { stringValue: JSON.stringify(value) },
    })),
    ...fields,
  };
}

const child = (fields: Sent = {}): object => span({ spanId: "00f067aa0ba902b7", parentSpanId: ROOT, ...fields });
const text = (value: unknown): object => ({ stringValue: JSON.stringify(value) });
const bodyOf = (...spans: object[]): string => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

function request(server: TrackingServer, method: string, path: string, body: string | Uint8Array | null, headers = {}) {
  return server.handle({ method, url: new URL(path, "http://localhost:5000"), headers, body });
}

function send(server: TrackingServer, body: string | Uint8Array, headers: Record<string, string> = {}): MockReply {
  return request(server, "POST", "/v1/traces", body, { ...JSON_HEADERS, ...headers });
}

const textOf = (reply: MockReply): string => reply.chunks.map(({ data }) => String(data)).join("");
const get = (server: TrackingServer, path: string): MockReply => request(server, "GET", path, null);
const infoOf = (server: TrackingServer) => server.list()[0]?.info as Record<string, unknown>;

function postInfo(server: TrackingServer, info: object = {}): Record<string, unknown> {
  const trace_location = { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: "0" } };
  const trace_info = { trace_id: `tr-${TRACE}`, trace_location, request_time: "2026-01-02T03:04:05Z", ...info };
  const body = JSON.stringify({ trace: { trace_info: { state: "OK", ...trace_info } } });
  const reply = request(server, "POST", "/api/3.0/mlflow/traces", body, { "content-type": "application/json" });
  return JSON.parse(textOf(reply)).trace.trace_info;
}

describe("spans by OTLP", () => {
  it("are given back as they came, in the form that the playground's contract names", () => {
    const server = createTrackingServer();
    const events = [{ name: "e", timeUnixNano: `${START}`, attributes: [{ key: "n", value: { intValue: "7" } }] }];
    const links = [{ traceId: "CvdlGRbNQ92ESOshHIAxnA==", spanId: "t61rcWkgMzE=" }];
    const attributes = { "mlflow.spanInputs": { ...text({ q: "12" }) }, n: { intValue: 3 }, "mlflow.x": "12" };
    expect(send(server, bodyOf(child(), span({ attributes, events, links }))).status).toBe(200);
    const [trace] = server.traces();
    expect(v.safeParse(TraceSchema, trace).issues).toBeUndefined();
    expect(trace?.data.spans).toMatchObject([
      {
        trace_id: "CvdlGRbNQ92ESOshHIAxnA==",
        span_id: "t61rcWkgMzE=",
        parent_span_id: null,
        start_time_unix_nano: `${START}`,
        attributes: { "mlflow.spanInputs": '{"q":"12"}', n: "3", "mlflow.x": '"12"' },
        events: [{ name: "e", time_unix_nano: `${START}`, attributes: { n: 7 } }],
        links: [{ trace_id: `tr-${TRACE}`, span_id: ROOT, attributes: null }],
      },
      { parent_span_id: "t61rcWkgMzE=" },
    ]);
  });

  it("keep every attribute, whatever its value", () => {
    const value = fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (values) => {
        const server = createTrackingServer();
        const attributes = Object.entries(values).map(([key, item]) => ({ key, value: text(item) }));
        expect(send(server, bodyOf({ ...span(), attributes })).status).toBe(200);
        const stored = server.list()[0]?.spans[0]?.attributes ?? {};
        for (const [key, item] of Object.entries(values)) {
          const isScalar = item === null || typeof item === "number" || typeof item === "boolean";
          const back = JSON.parse(String(stored[key]));
          if (key !== "mlflow.traceRequestId") expect(isScalar ? JSON.parse(back) : back).toEqual(item);
        }
      }),
    );
  });

  it("are all refused because of one", () => {
    const bad: [Sent, number][] = [
      [{ traceId: "" }, 422],
      [{ traceId: "xyz" }, 400],
      [{ startTimeUnixNano: "-1" }, 400],
      [{ startTimeUnixNano: `${2n ** 63n}` }, 500],
      [{ name: "\ud800" }, 400],
      [{ attributes: { "session.id": "s".repeat(251) } }, 400],
      [{ attributes: { "mlflow.chat.tokenUsage": { ...text({ input_tokens: "1" }) } } }, 422],
      [{ attributes: { "mlflow.llm.cost": { ...text([1]) } } }, 422],
      [{ attributes: { n: { intValue: "1", stringValue: "1" } } }, 400],
    ];
    for (const [change, status] of bad) {
      const server = createTrackingServer();
      expect(send(server, bodyOf(span(), child(change))).status, JSON.stringify(change)).toBe(status);
      expect(server.list()).toEqual([]);
    }
  });

  it("replace those of the same id, and late ones widen the trace", () => {
    const server = createTrackingServer();
    send(server, bodyOf(span({ name: "first" })));
    send(server, bodyOf(span({ name: "second", status: { code: 2 } })));
    send(server, bodyOf(child({ endTimeUnixNano: `${START + 2_000_000_000n}` })));
    expect(server.list()[0]?.spans.map(({ name }) => name)).toEqual(["second", "root"]);
    expect(infoOf(server)).toMatchObject({ state: "OK", execution_duration: "2s" });
  });

  it("add up tokens and cost of the topmost spans, also of a long chain and of a circle", () => {
    const usage = { "mlflow.chat.tokenUsage": { ...text({ input_tokens: 1, output_tokens: 2, total_tokens: 3 }) } };
    const cost = { "mlflow.llm.cost": { ...text({ input_cost: 0.1, output_cost: 0.2, total_cost: 0.3 }) } };
    const id = (at: number): string => at.toString(16).padStart(16, "0");
    const chain = Array.from({ length: 3000 }, (_, at) =>
      span({ spanId: id(at + 1), parentSpanId: at === 0 ? "" : id(at), ...(at > 0 ? { attributes: usage } : {}) }),
    );
    const circle = [id(9001), id(9002)].map((spanId, at) =>
      span({ spanId, parentSpanId: id(9002 - at), attributes: usage }),
    );
    const server = createTrackingServer();
    send(server, bodyOf(...chain, ...circle, child({ parentSpanId: id(1), attributes: { ...usage, ...cost } })));
    expect(infoOf(server).trace_metadata).toEqual({
      "mlflow.trace.tokenUsage": '{"input_tokens": 2, "output_tokens": 4, "total_tokens": 6}',
      "mlflow.trace.cost": '{"input_cost": 0.1, "output_cost": 0.2, "total_cost": 0.3}',
    });
  });

  it("count in the limits", () => {
    const server = createTrackingServer({ limits: { bytes: 20_000 } });
    const ids = Array.from({ length: 30 }, (_, at) => at.toString(16).padStart(32, "0"));
    for (const traceId of ids) send(server, bodyOf(span({ traceId, attributes: { long: "x".repeat(2000) } })));
    expect(server.list().length).toBeLessThan(10);
    expect(server.list().at(-1)?.info.trace_id).toBe(`tr-${ids.at(-1)}`);
    expect(server.dropped().traces).toBe(30 - server.list().length);
    expect(get(server, `/api/3.0/mlflow/traces/get?trace_id=tr-${ids[0]}`).status).toBe(404);
  });
});

describe("the info of a trace that came by OTLP", () => {
  it("is merged with a posted one, whose answer says where the spans are", () => {
    const server = createTrackingServer();
    send(server, bodyOf(span({ attributes: { "mlflow.spanInputs": "in", "session.id": "s-1" } })));
    const answer = postInfo(server, { tags: { "mlflow.traceName": "named" }, response_preview: "out" });
    expect(answer).toMatchObject({
      tags: { "mlflow.traceName": "named", "mlflow.trace.spansLocation": "TRACKING_STORE" },
      trace_metadata: { "mlflow.trace.session": "s-1", "mlflow.trace.infoFinalized": "true" },
      request_preview: '"in"',
      response_preview: "out",
    });
    expect(server.list()[0]?.spans).toHaveLength(1);
  });

  it("hides the spans while fewer have come than it announces", () => {
    const server = createTrackingServer();
    postInfo(server, { trace_metadata: { "mlflow.trace.sizeStats": '{"num_spans": 2}' } });
    send(server, bodyOf(span()));
    const path = `/api/3.0/mlflow/traces/get?trace_id=tr-${TRACE}`;
    expect(get(server, path).status).toBe(404);
    expect(get(server, `${path}&allow_partial=true`).status).toBe(200);
    expect(textOf(get(server, `/api/3.0/mlflow/traces/batchGet?trace_ids=tr-${TRACE}`))).toBe("{}");
    send(server, bodyOf(child()));
    expect(JSON.parse(textOf(get(server, path))).trace.spans).toHaveLength(2);
  });

  it("keeps spans out that do not fit where it says they are", () => {
    const server = createTrackingServer();
    postInfo(server, { tags: { "mlflow.trace.spansLocation": "ARTIFACT_REPO" } });
    expect(send(server, bodyOf(span())).status).toBe(500);
    expect(server.list()[0]?.spans).toEqual([]);
  });
});

describe("bodies", () => {
  const body = bodyOf(span());

  it.each([
    ["gzip", gzipSync(body), "gzip"],
    ["gzip, in capitals", gzipSync(body), "GZIP"],
    ["deflate", deflateSync(body), "deflate"],
    ["bare deflate", deflateRawSync(body), "deflate"],
    ["gzip of many pieces", gzipSync(bodyOf(span({ name: "x".repeat(3_000_000) }))), "gzip"],
  ])("are taken as %s", (_name, compressed, encoding) => {
    const server = createTrackingServer();
    expect(send(server, compressed, { "content-encoding": encoding }).status).toBe(200);
    expect(server.list()[0]?.spans).toHaveLength(1);
  });

  it.each([
    ["not compressed", body, "gzip"],
    ["cut off", gzipSync(body).subarray(0, -9), "gzip"],
    ["followed by more", Buffer.concat([gzipSync(body), Buffer.from("xx")]), "gzip"],
    ["changed on the way", gzipSync(body).fill(1, gzipSync(body).length - 8, gzipSync(body).length - 4), "gzip"],
    ["no deflate", body, "deflate"],
    ["a bomb", gzipSync(Buffer.alloc(70_000_000)), "gzip"],
  ])("are refused when %s", (_name, broken, encoding) => {
    const reply = send(createTrackingServer(), broken, { "content-encoding": encoding });
    expect(reply.status).toBe(400);
    expect(textOf(reply)).toContain(`Failed to decompress ${encoding} payload`);
  });

  it("get an answer whatever they are, as JSON and as protobuf", () => {
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.json(),
      fc.anything().map((value) => safeBody({ resourceSpans: value })),
      fc.anything().map((value) => safeBody({ resourceSpans: [{ scopeSpans: [{ spans: [value] }] }] })),
      fc
        .dictionary(fc.constantFrom("traceId", "name", "links", "attributes", "events", "status"), fc.anything())
        .map((change) => safeBody({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span(), ...change }] }] }] })),
    );
    const types = fc.constantFrom("application/json", "application/x-protobuf");
    const server = createTrackingServer();
    fc.assert(
      fc.property(bodies, types, (content, type) => {
        expect([200, 400, 422, 500]).toContain(send(server, content, { "content-type": type }).status);
        for (const trace of server.traces()) expect(v.safeParse(TraceSchema, trace).issues).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it("survive nesting without end", () => {
    const server = createTrackingServer();
    const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const depth = 100_000;
    expect(send(server, bodyOf(span({ attributes: { deep: { stringValue: deep(depth) } } }))).status).toBe(200);
    expect(String(server.list()[0]?.spans[0]?.attributes.deep).length).toBeGreaterThanOrEqual(2 * depth);
    expect(get(server, `/api/3.0/mlflow/traces/get?trace_id=tr-${TRACE}`).status).toBeLessThanOrEqual(500);
    expect(send(server, deep(depth)).status).toBeGreaterThanOrEqual(400);
  });
});

function safeBody(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

describe("a server without OTLP", () => {
  it("answers 501, as a file store does, and takes traces.json", () => {
    const server = createTrackingServer({ otlp: false });
    expect(send(server, bodyOf(span())).status).toBe(501);
    expect(postInfo(server).tags).not.toHaveProperty("mlflow.trace.spansLocation");
  });
});

describe("parseTyped", () => {
  it("reads what JSON.parse reads, with integers exact and apart from doubles", () => {
    expect(parseTyped('[1, 1.0, 12345678901234567890, NaN, "\\u0000", "\\u00001", {"\\u0000a": -0.5}]')).toEqual([
      1n,
      1,
      12345678901234567890n,
      Number.NaN,
      "\0",
      "\x001",
      new Map([["\0a", -0.5]]),
    ]);
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(toJson(parseTyped(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  it.each(["", "{", "01", "1.", "[1,]", '"a', "tru", "{'a': 1}", '{"a" 1}'])("refuses %j", (source) => {
    expect(() => parseTyped(source)).toThrow(SyntaxError);
  });
});

function toJson(value: ReturnType<typeof parseTyped>): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toJson(item)]));
  return Array.isArray(value) ? value.map(toJson) : value;
}
