import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { init, MlflowClient, setDiagnosticSink } from "mlflow-tracing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEnvironment } from "./support/environment";
import { flushAll } from "./support/flush";
import { type Program, startProgram } from "./support/program";
import { callPython } from "./support/python";
import { newPlace, type ServerPlace, startServer, type TrackingServer } from "./support/server";
import { type TraceSpec, writeTrace } from "./support/trace-spec";

const TRACES = 300;
const PATIENCE_MS = 100_000;

/** Ids of spans, by trace; of the database also whether the trace's info was stored. */
type SpanIds = Record<string, string[]>;
type Stored = Record<string, { spanIds: string[]; hasInfo: boolean; status: string }>;

const START = 1_750_000_000_000_000_000n;
const span = (name: string, parent?: number) => ({ name, type: "TOOL", startNs: START, endNs: START + 1n, parent });
const TRACE: TraceSpec = { spans: [{ ...span("root"), inputs: "x".repeat(5_000) }, span("a", 0), span("b", 1)] };

let place: ServerPlace;
let server: TrackingServer;
let experimentId: string;

const stored = () => callPython<Stored>("stored_spans", { database: server.database });

/** What is in the database once `isEnough` holds, or when the patience is over. */
async function storedWhen(isEnough: (found: Stored) => boolean): Promise<Stored> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await stored();
    if (isEnough(found) || performance.now() > deadline) return found;
    await pause(50);
  }
}

/** Of these traces, the ids of the spans that are stored, and everything that is amiss. */
function check(found: Stored, expected: SpanIds): { spans: SpanIds; withoutInfo: string[] } {
  const mine = Object.keys(expected).filter((id) => id in found);
  return {
    spans: Object.fromEntries(mine.map((id) => [id, [...(found[id]?.spanIds ?? [])].sort()])),
    withoutInfo: mine.filter((id) => !found[id]?.hasInfo),
  };
}

const sorted = (ids: SpanIds): SpanIds =>
  Object.fromEntries(Object.entries(ids).map(([traceId, spanIds]) => [traceId, [...spanIds].sort()]));
const isComplete = (found: Stored, expected: SpanIds) =>
  Object.entries(expected).every(([id, spanIds]) => found[id]?.hasInfo && found[id].spanIds.length === spanIds.length);
const files = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".json"));

function startExiting(folder: string, traces: number, ending: "exit" | "natural"): Program {
  const args = [server.uri, experimentId, String(traces), ending];
  return startProgram("exiting.ts", args, { MLFLOW_TRACE_SPILL_DIR: folder });
}

describe("a server that is killed and started again", () => {
  const written: SpanIds = {};
  const told: string[] = [];
  let own: string;
  let other: string;
  let storedBefore: number;
  let ofExited: SpanIds;

  beforeAll(async () => {
    own = join(testEnvironment().folder, "spilled");
    other = join(testEnvironment().folder, "spilled by another");
    for (const folder of [own, other]) mkdirSync(folder);
    place = await newPlace("restarted");
    server = await startServer(place);
    experimentId = await new MlflowClient({ trackingUri: server.uri }).createExperiment("restart");
    process.env.MLFLOW_TRACE_SPILL_DIR = own;
    setDiagnosticSink((message) => void told.push(message));
    init({ trackingUri: server.uri, experimentId });

    for (let n = 0; n < TRACES; n++) {
      const { traceId, spanIds } = writeTrace(TRACE);
      written[traceId] = [...spanIds];
    }
    await storedWhen((found) => Object.keys(found).length >= TRACES / 6);
    await server.kill();
    storedBefore = Object.keys(await stored()).length;

    const exiting = startExiting(other, 5, "exit");
    ofExited = (await exiting.answer) as SpanIds;
    expect([await exiting.ended, exiting.errors()]).toEqual([0, expect.stringContaining("5 unsent traces are kept")]);
    server = await startServer(place);
  });
  afterAll(() => server?.kill());

  it("was killed in the middle of an upload", () => {
    expect(storedBefore).toBeGreaterThanOrEqual(TRACES / 6);
    expect(storedBefore).toBeLessThan(TRACES);
    console.log(`  stored when the server was killed: ${storedBefore} of ${TRACES} traces`);
  });

  it("gets every trace, and none of their spans twice", async () => {
    await flushAll();
    // What was given up meanwhile is in files, and goes with the next success.
    const { traceId, spanIds } = writeTrace(TRACE);
    written[traceId] = [...spanIds];
    await flushAll();
    const found = await storedWhen((now) => isComplete(now, written));
    expect(check(found, written)).toEqual({ spans: sorted(written), withoutInfo: [] });
    expect(Object.keys(found).sort()).toEqual(Object.keys(written).sort());
    const all = Object.values(found).flatMap((trace) => trace.spanIds);
    expect(new Set(all).size).toBe(all.length);
    await flushAll();
    expect(files(own)).toEqual([]);
    expect(told.filter((message) => /\b(lost|dropped|server refused)\b/i.test(message))).toEqual([]);
  });

  it("gets what a program that ended in the meantime has left, from the next program", async () => {
    expect(files(other)).toHaveLength(5);
    const next = startExiting(other, 0, "natural");
    expect([await next.ended, next.errors()]).toEqual([0, ""]);
    const found = await stored();
    expect(check(found, ofExited)).toEqual({ spans: sorted(ofExited), withoutInfo: [] });
    expect(Object.keys(ofExited).map((id) => found[id]?.status)).toEqual(["OK", "OK", "OK", "OK", "ERROR"]);
    expect(files(other)).toEqual([]);
    const third = startExiting(other, 0, "natural");
    await third.ended;
    expect(Object.keys(await stored())).toHaveLength(TRACES + 1 + 5);
  });
});
