import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { TraceSchema } from "../../../playground/src/contract";
import type { MockReply, MockRequest } from "../contract";
import { createTrackingServer, type TrackingServer } from "./index";
import { parseLossless } from "./lossless-json";

type Sent = Partial<Omit<MockRequest, "url">>;

function send(server: TrackingServer, method: string, path: string, body?: unknown, more: Sent = {}): MockReply {
  const isText = typeof body === "string" || body instanceof Uint8Array || body === undefined;
  return server.handle({
    method,
    url: new URL(path, "http://localhost:5000"),
    headers: { "content-type": "application/json" },
    body: isText ? (body ?? null) : JSON.stringify(body),
    ...more,
  });
}

const json = (reply: MockReply) => JSON.parse(reply.chunks.map(({ data }) => data).join("") || "null");

function info(id: string, change: object = {}) {
  return {
    trace: {
      trace_info: {
        trace_id: id,
        trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: "0" } },
        request_time: "2026-01-02T03:04:05.678Z",
        execution_duration: "1.5s",
        state: "OK",
        ...change,
      },
    },
  };
}

const SPANS = `{"spans":[{"trace_id":"AAA=","span_id":"BBB=","parent_span_id":"","name":"root 1749996461282000001",
  "start_time_unix_nano":1749996461282000001,"end_time_unix_nano":1749996461782000009,
  "status":{"code":"STATUS_CODE_OK","message":""},
  "attributes":{"mlflow.spanInputs":"{\\"n\\": 1749996461282000001}","plain":12},
  "events":[{"name":"exception","time_unix_nano":1749996461482000003,"attributes":{"a":"b"}}],"links":[]}]}`;

function upload(server: TrackingServer, id: string, content: string | Uint8Array, change: object = {}): void {
  expect(send(server, "POST", "/api/3.0/mlflow/traces", info(id, change)).status).toBe(200);
  const path = `/api/2.0/mlflow-artifacts/artifacts/0/traces/${id}/artifacts/traces.json`;
  expect(send(server, "PUT", path, content).status).toBe(200);
}

describe("reading traces back", () => {
  it("gives info and spans with every nanosecond, in the form that the playground's contract names", () => {
    const server = createTrackingServer();
    upload(server, "tr-1", SPANS);
    const [trace] = server.traces();
    expect(v.safeParse(TraceSchema, trace).issues).toBeUndefined();
    expect(trace?.info).toMatchObject({ trace_id: "tr-1", execution_duration: "1.500s", state: "OK" });
    expect(trace?.data.spans).toMatchObject([
      {
        name: "root 1749996461282000001",
        start_time_unix_nano: "1749996461282000001",
        end_time_unix_nano: "1749996461782000009",
        attributes: { "mlflow.spanInputs": '{"n": 1749996461282000001}', plain: 12 },
        events: [{ time_unix_nano: "1749996461482000003" }],
      },
    ]);
    expect(server.list()).toEqual([{ info: trace?.info, spans: trace?.data.spans }]);
  });

  it.each([
    ["nothing uploaded", undefined],
    ["no JSON", "{"],
    ["an array", "[]"],
    ["no spans", '{"span":1}'],
    ["spans that are none", '{"spans":[1,null,"x",[]]}'],
    ["bytes that are no text", new Uint8Array([0x1f, 0x8b, 0xff])],
  ])("has no spans for %s", (_name, content) => {
    const server = createTrackingServer();
    send(server, "POST", "/api/3.0/mlflow/traces", info("tr-1"));
    if (content !== undefined) upload(server, "tr-1", content);
    expect(server.traces()).toMatchObject([{ info: { trace_id: "tr-1" }, data: { spans: [] } }]);
  });

  it("fits the contract whatever a span lacks", () => {
    const field = fc.oneof(fc.anything(), fc.constantFrom("STATUS_CODE_OK", 1749996461282000000, "1", null, 0, {}));
    const span = fc.record(
      {
        trace_id: field,
        name: field,
        parent_span_id: field,
        start_time_unix_nano: field,
        end_time_unix_nano: field,
        status: field,
        attributes: field,
        events: fc.oneof(field, fc.array(field)),
        links: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const server = createTrackingServer();
        upload(server, "tr-1", safeStringify({ spans }) ?? "");
        expect(v.safeParse(TraceSchema, server.traces()[0]).issues).toBeUndefined();
      }),
    );
  });
});

function safeStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

describe("parseLossless", () => {
  it("agrees with JSON.parse where no long integer occurs", () => {
    const isShort = (text: string) => !/\d{16}/.test(text);
    fc.assert(
      fc.property(fc.json().filter(isShort), (text) => void expect(parseLossless(text)).toEqual(JSON.parse(text))),
    );
  });

  it("keeps every digit of long integers and touches nothing else", () => {
    const long = fc.bigInt({ min: 10n ** 15n, max: 10n ** 25n });
    fc.assert(
      fc.property(long, fc.string(), (integer, text) => {
        const source = `{"n":${integer},"m":-${integer},"f":${integer}.5,"e":${integer}e2,"s":${JSON.stringify(`${text}${integer}`)}}`;
        const parsed = parseLossless(source);
        const { f, e } = JSON.parse(source);
        expect(parsed).toEqual({ n: `${integer}`, m: `-${integer}`, f, e, s: `${text}${integer}` });
      }),
    );
  });

  it.each(["", "{", "1749996461282000001x", '"a'])("refuses %j", (text) => {
    expect(() => parseLossless(text)).toThrow(SyntaxError);
  });
});

describe("limits", () => {
  it("drop the oldest traces with their spans, and count them", () => {
    const server = createTrackingServer({ limits: { traces: 3 } });
    for (const id of ["a", "b", "c", "d", "e"]) upload(server, id, SPANS);
    expect(server.list().map((trace) => trace.info.trace_id)).toEqual(["c", "d", "e"]);
    expect(server.dropped().traces).toBe(2);
    expect(server.dropped().bytes).toBeGreaterThan(2 * SPANS.length);
    expect(send(server, "GET", "/api/2.0/mlflow-artifacts/artifacts/0/traces/a/artifacts/traces.json").status).toBe(
      404,
    );
  });

  it("hold for bytes of infos and of artifacts", () => {
    const server = createTrackingServer({ limits: { bytes: 10_000 } });
    for (let index = 0; index < 50; index++) {
      upload(server, `tr-${index}`, "x".repeat(900), { request_preview: "p".repeat(900) });
    }
    expect(server.list().length).toBeLessThan(11);
    expect(server.dropped().traces).toBeGreaterThan(38);
    send(server, "PUT", "/api/2.0/mlflow-artifacts/artifacts/huge", "x".repeat(20_000));
    expect(send(server, "GET", "/api/2.0/mlflow-artifacts/artifacts/huge").status).toBe(404);
  });

  it("do not count a trace twice that is updated", () => {
    const server = createTrackingServer({ limits: { traces: 2, bytes: 5_000 } });
    for (let index = 0; index < 100; index++) upload(server, "same", SPANS);
    expect(server.list()).toHaveLength(1);
    expect(server.dropped()).toEqual({ traces: 0, bytes: 0 });
  });
});

describe("deleting", () => {
  it("takes the oldest up to a time, and only of that experiment", () => {
    const server = createTrackingServer();
    for (const [id, day] of Object.entries({ late: 9, early: 1, middle: 5 })) {
      send(server, "POST", "/api/3.0/mlflow/traces", info(id, { request_time: `2026-01-0${day}T00:00:00Z` }));
    }
    const before = Date.parse("2026-01-06T00:00:00Z");
    const remove = (body: object) => json(send(server, "POST", "/api/2.0/mlflow/traces/delete-traces", body));
    expect(remove({ experiment_id: "0", max_timestamp_millis: before, max_traces: 1 })).toEqual({ traces_deleted: 1 });
    expect(server.list().map((trace) => trace.info.trace_id)).toEqual(["late", "middle"]);
    expect(remove({ experiment_id: "1", request_ids: ["late"] })).toEqual({ traces_deleted: 0 });
    expect(remove({ experiment_id: "0", request_ids: ["late", "late", "gone"] })).toEqual({ traces_deleted: 1 });
  });
});

describe("any request", () => {
  const paths = fc.constantFrom(
    "/api/3.0/mlflow/traces",
    "/ajax-api/3.0/mlflow/traces/tr-1/tags",
    "/api/2.0/mlflow/experiments/create",
    "/api/2.0/mlflow/experiments/search",
    "/api/2.0/mlflow/traces/delete-traces",
    "/api/2.0/mlflow-artifacts/artifacts/a/b%2f..%2fc",
    "/api/2.0/mlflow-artifacts/artifacts/%ff",
    "/ajax-api/3.0/mlflow/get-trace-artifact?request_id=tr-1",
    "/v1/traces",
    "/",
  );
  const bodies = fc.oneof(
    fc.json(),
    fc.anything().map((value) => safeStringify({ trace: { trace_info: value }, name: value, key: value }) ?? ""),
    fc
      .anything()
      .map((value) => safeStringify(info("tr-1", { tags: value, assessments: [value], trace_metadata: value })) ?? ""),
    fc.uint8Array(),
  );

  it("gets an answer, never an exception", () => {
    const server = createTrackingServer();
    fc.assert(
      fc.property(
        fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"),
        paths,
        bodies,
        (method, path, body) => {
          const reply = send(server, method, path, body);
          expect(reply.status).toBeGreaterThanOrEqual(200);
          server.list();
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("cannot reach outside the artifacts", () => {
    const server = createTrackingServer();
    expect(send(server, "PUT", "/api/2.0/mlflow-artifacts/artifacts/a/..%2f..%2fx", "x").status).toBe(400);
    expect(send(server, "PUT", "/api/2.0/mlflow-artifacts/artifacts/%2fetc", "x").status).toBe(400);
  });
});
