import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { exporterTo } from "../testing/exporter.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";
import { sampleTrace, sampleTraceId } from "../testing/sample-trace.js";

vi.mock("#guard", () => import("../platform/browser/page-guard.js"));

const page = new EventTarget();
let server: FakeTrackingServer;
let keptAlive: (boolean | undefined)[];
let problems: string[];
let undos: (() => void)[];

beforeEach(() => {
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  server = new FakeTrackingServer({ otlp: true });
  keptAlive = [];
  problems = [];
  undos = [server.install(), setDiagnosticSink((message) => void problems.push(message))];
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: string, init?: RequestInit) => {
    keptAlive.push(init?.keepalive);
    return fetch(input, init);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const undo of undos.reverse()) undo();
});

const leave = () => page.dispatchEvent(new Event("pagehide"));
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("an exporter on a page that is left", () => {
  it("stores what waits, and does not send it again", async () => {
    const exporter = exporterTo(server.uri);
    exporter.export(sampleTrace({ spans: 3 }));
    leave();
    await turn();
    expect(server.otlpSpans(sampleTraceId(1))).toHaveLength(3);
    expect(server.infos.get(sampleTraceId(1))).toHaveProperty("state", "OK");
    await exporter.close();
    expect(keptAlive).toEqual([true, true]);
    expect(exporter.counters).toMatchObject({ stored: 1, failed: 0, leftBehind: 0 });
  });

  it("sends again what is under way and unconfirmed", async () => {
    server.fault = () => (keptAlive.at(-1) ? undefined : new Promise(() => {}));
    const exporter = exporterTo(server.uri);
    exporter.export(sampleTrace({ spans: 3 }));
    await turn();
    expect(server.infos.size).toBe(0);
    leave();
    await turn();
    expect(keptAlive).toEqual([undefined, true, true]);
    expect(exporter.counters.stored).toBe(1);
    void exporter.close();
  });

  it("counts what is too large, and still sends it if the page lives on", async () => {
    const exporter = exporterTo(server.uri);
    exporter.export(sampleTrace({ attributes: { big: "x".repeat(100_000) } }));
    leave();
    expect(exporter.counters.leftBehind).toBe(1);
    expect(problems).toEqual([expect.stringContaining("did not fit")]);
    await exporter.close();
    expect(exporter.counters).toMatchObject({ stored: 1, leftBehind: 1 });
    expect(keptAlive).not.toContain(true);
  });

  it("keeps a trace that failed to the page's own tries", async () => {
    server.fault = () => (keptAlive.at(-1) ? new Response("", { status: 503 }) : undefined);
    const exporter = exporterTo(server.uri);
    exporter.export(sampleTrace());
    leave();
    await exporter.flush();
    expect(exporter.counters).toMatchObject({ stored: 1, failed: 0 });
    await exporter.close();
    keptAlive = [];
    exporter.export(sampleTrace({ n: 2 }));
    leave();
    await exporter.flush();
    expect(keptAlive).not.toContain(true);
  });
});
