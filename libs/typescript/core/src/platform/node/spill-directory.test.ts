import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../../diagnostics.js";
import type { Outbox, Outcome } from "../../export/outbox.js";
import type { FinishedTrace } from "../../export/trace-exporter.js";
import { sampleTrace, sampleTraceId } from "../../testing/sample-trace.js";
import { guardExports } from "./process-guard.js";
import { SpillDirectory } from "./spill-directory.js";
import { readSpillRecord, writeSpillRecord } from "./spill-record.js";

const URI = "http://mlflow.test";
const DAY_MS = 24 * 60 * 60_000;
let root: string;
let problems: string[];
let undo: () => void;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spill-"));
  vi.stubEnv("MLFLOW_TRACE_SPILL_DIR", root);
  problems = [];
  undo = setDiagnosticSink((message) => void problems.push(message));
});
afterEach(() => {
  undo();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

const directory = (maxBytes?: number) => new SpillDirectory(root, URI, maxBytes);

/** An outbox that takes everything and settles it as told. */
function outbox(outcome: Outcome | "full", trackingUri = URI) {
  const taken: string[] = [];
  const fake: Outbox = {
    trackingUri,
    send: ({ trace }, settled) => {
      if (outcome === "full") return false;
      taken.push(trace.info.traceId);
      queueMicrotask(() => settled(outcome));
      return true;
    },
    unsent: () => [],
    openTraces: () => [],
    drain: async () => {},
    abort: () => {},
    post: async () => {},
    leaveBehind: () => {},
  };
  return { fake, taken };
}

/** What a start of the SDK with this outbox sends. */
async function resent(outcome: Outcome | "full", trackingUri = URI): Promise<string[]> {
  const { fake, taken } = outbox(outcome, trackingUri);
  const guard = guardExports(fake);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  guard.release();
  return taken;
}

function spill(finished: FinishedTrace = sampleTrace()): string {
  directory().write(finished.trace.info.traceId, writeSpillRecord(URI, finished));
  return join(directory().path, readdirSync(directory().path)[0] ?? "");
}

const left = () => readdirSync(directory().path);

describe("a spilled trace", () => {
  it("comes back equal", () => {
    const attachments = [{ id: "a", contentType: "image/png", data: new Uint8Array([0, 255]) }];
    const extra = { events: [{ name: "e", time_unix_nano: 1n, attributes: { n: 1 } }] };
    const finished = sampleTrace({
      spans: 3,
      openFrom: 2,
      attachments,
      isRemote: true,
      extra,
      json: { big: "12345678901234567890" },
    });
    const again = readSpillRecord(writeSpillRecord(URI, finished), URI);
    expect(again.trace.toJson()).toEqual(finished.trace.toJson());
    expect(again).toMatchObject({ isRemote: true, attachments });
  });

  it.each<[Outcome, string[]]>([
    ["stored", []],
    ["refused", []],
    ["unreachable", [expect.stringMatching(/^[^.]+\.json$/) as unknown as string]],
  ])("that is %s leaves %j", async (outcome, expected) => {
    spill();
    expect(await resent(outcome)).toEqual([sampleTraceId(1)]);
    expect(left()).toEqual(expected);
  });

  it("waits when there is no room, and for its own server", async () => {
    spill();
    expect(await resent("full")).toEqual([]);
    expect(await resent("stored", "http://other.test")).toEqual([]);
    expect(left()).toHaveLength(1);
    expect(await resent("stored")).toEqual([sampleTraceId(1)]);
  });

  it("that is too old is deleted, and told of", async () => {
    const path = spill();
    const old = new Date(Date.now() - 15 * DAY_MS);
    utimesSync(path, old, old);
    expect(await resent("stored")).toEqual([]);
    expect(left()).toEqual([]);
    expect(problems).toEqual([expect.stringContaining("too old")]);
  });

  it.each([
    ["cut", '{"version":1,"trackingUri":"http://mlflow.test","trace":{"in'],
    ["empty", ""],
    ["of another version", '{"version":2,"trackingUri":"http://mlflow.test"}'],
    ["without a trace", '{"version":1,"trackingUri":"http://mlflow.test"}'],
    ["for another server", writeSpillRecord("http://other.test", sampleTrace())],
  ])("that is %s is set aside, and the others are sent", async (_what, text) => {
    spill();
    writeFileSync(join(directory().path, "0-damaged.json"), text);
    expect(await resent("stored")).toEqual([sampleTraceId(1)]);
    expect(left()).toEqual(["0-damaged.json.damaged"]);
    expect(problems).toEqual([expect.stringContaining("set aside")]);
  });

  it("that is half written is not looked at", async () => {
    spill();
    writeFileSync(join(directory().path, "1.json.tmp"), "{");
    expect(await resent("stored")).toHaveLength(1);
    expect(left()).toEqual(["1.json.tmp"]);
  });

  it("that a living process has claimed is left to it, one of a dead process is not", async () => {
    spill();
    const [name = ""] = left();
    expect(directory().claim(name)).toContain(".claimed-");
    expect(directory().claim(name)).toBeUndefined();
    expect(await resent("stored")).toEqual([]);
    rmSync(directory().path, { recursive: true });
    spill();
    const dead = 2 ** 22 + 7;
    const path = join(directory().path, left()[0] ?? "");
    writeFileSync(`${path}.claimed-${dead}-${Date.now()}`, writeSpillRecord(URI, sampleTrace({ n: 5 })));
    rmSync(path);
    expect(await resent("stored")).toEqual([sampleTraceId(5)]);
  });
});

describe("the directory", () => {
  it("is bounded", () => {
    const text = writeSpillRecord(URI, sampleTrace());
    const small = directory(2.5 * text.length);
    expect([1, 2, 3].map((n) => small.write(sampleTraceId(n), text))).toEqual([true, true, false]);
    expect(left()).toHaveLength(2);
  });

  it("is not taken from somebody else", async () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, directory().path);
    expect(() => directory().write("tr-1", "{}")).toThrow("not a directory of this user");
    expect(await resent("stored")).toEqual([]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("never lets a trace id choose the path", () => {
    directory().write("../../etc/x", "{}");
    expect(left()).toEqual([expect.stringMatching(/^[\w-]+______etc_x\.json$/)]);
  });

  it("is off when the environment names none", () => {
    vi.stubEnv("MLFLOW_TRACE_SPILL_DIR", "");
    expect(SpillDirectory.fromEnvironment(URI)).toBeUndefined();
  });

  it("leaves nothing on the process after the last guard", () => {
    const before = process.listenerCount("exit");
    const guards = Array.from({ length: 20 }, () => guardExports(outbox("stored").fake));
    expect(process.listenerCount("exit")).toBe(before + 1);
    for (const guard of guards) guard.release();
    expect(process.listenerCount("exit")).toBe(before);
    expect(process.listenerCount("beforeExit")).toBe(0);
  });
});
