import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setDiagnosticSink } from "../index.js";
import { exporterTo } from "../testing/exporter.js";
import { FakeTrackingServer, type Fault, type SeenRequest } from "../testing/fake-tracking-server.js";
import { sampleTrace, sampleTraceId } from "../testing/sample-trace.js";
import type { MlflowTraceExporter } from "./mlflow-trace-exporter.js";

let server: FakeTrackingServer;
let exporter: MlflowTraceExporter;
let problems: string[];
let undos: (() => unknown)[];

function start(options: { otlp: boolean }): void {
  server = new FakeTrackingServer(options);
  undos.push(server.install());
  exporter = exporterTo(server.uri);
  undos.push(() => exporter.close());
}

beforeEach(() => {
  problems = [];
  undos = [setDiagnosticSink((message) => void problems.push(message))];
  process.env.MLFLOW_HTTP_REQUEST_TIMEOUT = "150";
});
afterEach(async () => {
  delete process.env.MLFLOW_HTTP_REQUEST_TIMEOUT;
  for (const undo of undos.reverse()) await undo();
});

const answer = (status: number, body: BodyInit | null = "", headers: Record<string, string> = {}) => {
  return () => new Response(body, { status, headers });
};
const code = (status: number, error_code: string) => answer(status, JSON.stringify({ error_code, message: "m" }));
const detail = (status: number, text: string) => answer(status, JSON.stringify({ detail: text }));
const HTML = "<!doctype html><title>Not what you think</title>";

/** A body that begins and then says nothing more, or bytes for ever, or breaks. */
const unending = () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array([123])) }));
const dripping = () => {
  let timer: ReturnType<typeof setInterval>;
  const start = (c: ReadableStreamDefaultController) => {
    timer = setInterval(() => c.enqueue(new Uint8Array([32])), 10);
  };
  return new Response(new ReadableStream({ start, cancel: () => clearInterval(timer) }));
};
const broken = () => new Response(new ReadableStream({ start: (c) => c.error(new Error("reset")) }));
const flood = () => {
  const chunk = new Uint8Array(1024 * 1024).fill(97);
  return new Response(new ReadableStream({ pull: (c) => c.enqueue(chunk) }));
};

type Expectation = "given up" | "stored" | "stored otherwise";

/**
 * What the server does to every request that the fault is aimed at, how often (by default always), and what becomes of the
 * trace: `given up` (told and counted once), `stored` by a later try, or `stored otherwise` as `traces.json`.
 */
interface FaultCase {
  what: string;
  fault: () => Response | Promise<Response>;
  times?: number;
  outcome: Expectation;
  /** How many requests the fault sees; unlimited retries would be more, none fewer. */
  tries: number;
  told?: string;
}

const OTLP_FAULTS: FaultCase[] = [
  {
    what: "no network",
    fault: () => Promise.reject(new TypeError("fetch failed")),
    outcome: "given up",
    tries: 3,
    told: "fetch failed",
  },
  {
    what: "no network for a moment",
    fault: () => Promise.reject(new TypeError("x")),
    times: 2,
    outcome: "stored",
    tries: 2,
  },
  { what: "silence", fault: () => new Promise(() => {}), outcome: "given up", tries: 3, told: "Request timeout" },
  { what: "a body that never ends", fault: unending, outcome: "given up", tries: 3, told: "Request timeout" },
  { what: "a body that drips", fault: dripping, outcome: "given up", tries: 3, told: "Request timeout" },
  { what: "a body that breaks", fault: broken, times: 1, outcome: "stored", tries: 1 },
  { what: "a flood", fault: flood, outcome: "given up", tries: 1, told: "too long" },
  { what: "408", fault: answer(408), times: 1, outcome: "stored", tries: 1 },
  { what: "425", fault: answer(425), times: 1, outcome: "stored", tries: 1 },
  {
    what: "429 with retry-after",
    fault: answer(429, "", { "retry-after": "0" }),
    times: 2,
    outcome: "stored",
    tries: 2,
  },
  {
    what: "429 for ever, until a date long ago",
    fault: answer(429, "", { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }),
    outcome: "given up",
    tries: 3,
    told: "HTTP 429",
  },
  { what: "500 in JSON", fault: code(500, "INTERNAL_ERROR"), times: 1, outcome: "stored", tries: 1 },
  { what: "500 in HTML", fault: answer(500, HTML), outcome: "given up", tries: 3, told: "HTTP 500" },
  {
    what: "500 FEATURE_DISABLED",
    fault: code(500, "FEATURE_DISABLED"),
    outcome: "given up",
    tries: 1,
    told: "FEATURE_DISABLED",
  },
  { what: "502", fault: answer(502, "Bad Gateway"), times: 1, outcome: "stored", tries: 1 },
  { what: "503", fault: answer(503), outcome: "given up", tries: 3, told: "HTTP 503" },
  { what: "504", fault: answer(504), times: 2, outcome: "stored", tries: 2 },
  { what: "a database that is locked", fault: code(400, "BAD_REQUEST"), times: 2, outcome: "stored", tries: 2 },
  {
    what: "400 for another reason",
    fault: code(400, "INVALID_PARAMETER_VALUE"),
    outcome: "given up",
    tries: 1,
    told: "INVALID_PARAMETER_VALUE",
  },
  {
    what: "401 in plain text",
    fault: answer(401, "You are not authenticated"),
    outcome: "given up",
    tries: 1,
    told: "not authenticated",
  },
  {
    what: "403 in plain text",
    fault: answer(403, "Invalid Host header"),
    outcome: "given up",
    tries: 1,
    told: "Invalid Host header",
  },
  {
    what: "404 for the experiment",
    fault: code(404, "RESOURCE_DOES_NOT_EXIST"),
    outcome: "given up",
    tries: 1,
    told: "RESOURCE_DOES_NOT_EXIST",
  },
  {
    what: "422 for whatever comes",
    fault: detail(422, "Cannot convert"),
    outcome: "given up",
    tries: 5,
    told: "Cannot convert",
  },
  {
    what: "a redirect",
    fault: answer(302, null, { location: "https://login.test/" }),
    outcome: "given up",
    tries: 1,
    told: "https://login.test/",
  },
  {
    what: "an answer that is no HTTP answer",
    fault: () => ({}) as Response,
    outcome: "given up",
    tries: 1,
    told: "Failed to send",
  },
  { what: "no OTLP: 501", fault: detail(501, "not supported by FileStore"), outcome: "stored otherwise", tries: 1 },
  { what: "no OTLP: 404 in HTML", fault: answer(404, HTML), outcome: "stored otherwise", tries: 1 },
  { what: "no OTLP: 404 of FastAPI", fault: detail(404, "Not Found"), outcome: "stored otherwise", tries: 1 },
  { what: "no OTLP: 405 in HTML", fault: answer(405, HTML), outcome: "stored otherwise", tries: 1 },
  {
    what: "no OTLP in JSON",
    fault: detail(400, "Invalid Content-Type: application/json"),
    outcome: "stored otherwise",
    tries: 1,
  },
];

const INFO_FAULTS: FaultCase[] = [
  {
    what: "no network",
    fault: () => Promise.reject(new TypeError("fetch failed")),
    outcome: "given up",
    tries: 3,
    told: "fetch failed",
  },
  { what: "503 for a moment", fault: answer(503), times: 2, outcome: "stored", tries: 2 },
  { what: "garbage with 200", fault: answer(200, "{"), outcome: "given up", tries: 1, told: "not JSON" },
  { what: "a web page with 200", fault: answer(200, HTML), outcome: "given up", tries: 1, told: "not JSON" },
  { what: "JSON of another shape", fault: answer(200, "[]"), outcome: "given up", tries: 1, told: "trace_info" },
  { what: "nothing with 200", fault: answer(200), outcome: "given up", tries: 1, told: "trace_info" },
  {
    what: "bytes that are no text",
    fault: answer(200, new Uint8Array([0xff, 0xfe, 0])),
    outcome: "given up",
    tries: 1,
    told: "not JSON",
  },
  {
    what: "another content type",
    fault: answer(200, '{"trace":{"trace_info":{}}}', { "content-type": "image/png" }),
    outcome: "stored",
    tries: 1,
  },
  { what: "a flood", fault: flood, outcome: "given up", tries: 1, told: "too long" },
  {
    what: "404 for the experiment",
    fault: code(404, "RESOURCE_DOES_NOT_EXIST"),
    outcome: "given up",
    tries: 1,
    told: "RESOURCE_DOES_NOT_EXIST",
  },
];

const aimedAt = (n: number, path: string) => (request: SeenRequest) => {
  return request.path === path && request.body.includes(sampleTraceId(n).slice(3));
};

/** Applies the fault to the trace number 1 only, and counts how often it struck. */
function strike({ fault, times = Infinity }: FaultCase, path: string): { count: number } {
  const strikes = { count: 0 };
  const isAimed = aimedAt(1, path);
  server.fault = (request) => {
    if (!isAimed(request) || strikes.count >= times) return undefined;
    strikes.count++;
    return fault();
  };
  return strikes;
}

async function exportAmongOthers(): Promise<void> {
  for (const n of [2, 1, 3]) expect(() => exporter.export(sampleTrace({ n, spans: 3 }))).not.toThrow();
  await expect(exporter.flush(10_000)).resolves.toBeUndefined();
}

function expectOutcome({ outcome, tries, told }: FaultCase, strikes: { count: number }): void {
  const isGivenUp = outcome === "given up";
  expect(exporter.counters).toMatchObject({
    stored: isGivenUp ? 2 : 3,
    failed: isGivenUp ? 1 : 0,
    dropped: 0,
    kept: 0,
  });
  if (told === undefined) expect(problems).toEqual([]);
  else expect(problems.at(-1)).toContain(told);
  expect(problems.length).toBeLessThan(3);
  expect(strikes.count).toBe(tries);
}

/** No span and no info is accepted by the server twice. */
function expectNothingTwice(): void {
  const accepted = server.requests.filter(({ status }) => status === 200);
  const infos = accepted.filter(({ path }) => path === "/api/3.0/mlflow/traces");
  const spans = accepted.flatMap(({ body }) => body.match(/"traceId":"\w+","spanId":"\w+"/g) ?? []);
  expect(new Set(infos.map(({ body }) => body)).size).toBe(infos.length);
  expect(new Set(spans).size).toBe(spans.length);
}

describe("a fault of OTLP", () => {
  it.each(OTLP_FAULTS)("$what: $outcome", async (faultCase) => {
    start({ otlp: true });
    const strikes = strike(faultCase, "/v1/traces");
    await exportAmongOthers();
    expectOutcome(faultCase, strikes);
    expectNothingTwice();
    const isOtherwise = faultCase.outcome === "stored otherwise";
    expect(server.spans(sampleTraceId(1))).toHaveLength(isOtherwise ? 3 : 0);
    const isWhole = faultCase.outcome === "stored";
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(isWhole ? 3 : 0);
    // The trace that came before the fault is there whatever happens.
    expect(server.infos.has(sampleTraceId(2)) && server.infos.has(sampleTraceId(3))).toBe(true);
  });
});

describe("a fault of the trace info", () => {
  it.each(INFO_FAULTS)("$what: $outcome", async (faultCase) => {
    start({ otlp: true });
    const strikes = strike(faultCase, "/api/3.0/mlflow/traces");
    await exportAmongOthers();
    expectOutcome(faultCase, strikes);
    // Spans went first, and only once.
    expect(server.requests.filter(aimedAt(1, "/v1/traces"))).toHaveLength(1);
    expect(server.otlpSpans(sampleTraceId(3))).toHaveLength(3);
  });
});

describe("a fault of the artifact store", () => {
  const isUpload = (request: SeenRequest) => request.method === "PUT" && request.path.includes(sampleTraceId(1));
  it.each<[string, Fault, number, string]>([
    [
      "no artifact proxy",
      () => new Response('{"detail":"Artifact serving is disabled"}', { status: 503 }),
      3,
      "disabled",
    ],
    ["no room", () => new Response("", { status: 507 }), 1, "HTTP 507"],
    ["no network", () => Promise.reject(new TypeError("fetch failed")), 3, "fetch failed"],
  ])("%s", async (_what, fault, tries, told) => {
    start({ otlp: false });
    server.fault = (request, signal) => (isUpload(request) ? fault(request, signal) : undefined);
    await exportAmongOthers();
    expect(exporter.counters).toMatchObject({ stored: 2, failed: 1 });
    expect(problems).toEqual([expect.stringContaining(told)]);
    expect(server.requests.filter(isUpload)).toHaveLength(tries);
    expect(server.spans(sampleTraceId(3))).toHaveLength(3);
  });
});

describe("the detectors of these tests", () => {
  it("see a healthy server as healthy", async () => {
    start({ otlp: true });
    await exportAmongOthers();
    expect(exporter.counters).toMatchObject({ stored: 3, failed: 0 });
    expect(problems).toEqual([]);
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(3);
    expect(server.requests).toHaveLength(6);
  });

  it("fire when the expectation is wrong", async () => {
    start({ otlp: true });
    const [faultCase] = OTLP_FAULTS;
    if (!faultCase) throw new Error("no faults");
    const strikes = strike(faultCase, "/v1/traces");
    await exportAmongOthers();
    expect(() => expectOutcome({ ...faultCase, outcome: "stored", told: undefined as never }, strikes)).toThrow();
    expect(() => expectOutcome({ ...faultCase, tries: 4 }, strikes)).toThrow();
    expect(() => expectOutcome({ ...faultCase, told: "another thing" }, strikes)).toThrow();
    expect(() => expectOutcome(faultCase, strikes)).not.toThrow();
  });

  it("see what is sent twice", async () => {
    start({ otlp: true });
    exporter.export(sampleTrace({ n: 2 }));
    exporter.export(sampleTrace({ n: 2 }));
    await exporter.flush();
    expect(expectNothingTwice).toThrow();
  });
});
