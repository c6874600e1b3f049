import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseJson } from "../../json/bigint-json.js";
import { asRecord } from "../../json/read.js";
import { type HttpTrackingServer, startHttpTrackingServer } from "../../testing/http-tracking-server.js";
import { sampleTraceId } from "../../testing/sample-trace.js";

const PROGRAM = fileURLToPath(new URL("../../testing/programs/ending-program.ts", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../../", import.meta.url));

let remote: HttpTrackingServer;
let directory: string;

beforeEach(async () => {
  remote = await startHttpTrackingServer({ otlp: true });
  directory = mkdtempSync(join(tmpdir(), "spill-"));
});
afterEach(async () => {
  await remote.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  errors: string;
}

function run(ending: string, traces = 2, env: Record<string, string> = {}): Promise<Ended> {
  const args = ["--import", "tsx", "--conditions=mlflow-source", PROGRAM, remote.uri, ending, String(traces)];
  const child = spawn(process.execPath, args, {
    cwd: PACKAGE,
    env: { ...process.env, MLFLOW_TRACE_SPILL_DIR: directory, ...env },
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (errors += data));
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, output, errors })));
}

/** Files with unsent traces. */
function files(): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".json"));
}

const hasSpans = (n: number, count = 2) => remote.server.otlpSpans(sampleTraceId(n)).length === count;
const hasInfo = (n: number) => "state" in (remote.server.infos.get(sampleTraceId(n)) ?? {});
const hasAll = (...ns: number[]) => ns.every((n) => hasSpans(n) && hasInfo(n));
const isDown = () => {
  remote.server.fault = () => new Response("", { status: 503 });
};
const isSilent = () => {
  remote.server.fault = () => new Promise(() => {});
};

describe("a program that comes to its natural end", () => {
  it("has sent everything", async () => {
    expect(await run("natural", 20)).toMatchObject({ code: 0, output: "", errors: "" });
    expect(hasAll(1, 2, 10, 20)).toBe(true);
    expect(files()).toEqual([]);
  });

  it("has sent everything when the server fails at first", async () => {
    let failures = 3;
    remote.server.fault = () => (failures-- > 0 ? new Response("", { status: 503 }) : undefined);
    expect(await run("natural")).toMatchObject({ code: 0 });
    expect(hasAll(1, 2)).toBe(true);
    expect(files()).toEqual([]);
  });

  it("keeps what a server that is down does not take, and the next one sends it", async () => {
    isDown();
    const ended = await run("natural");
    expect(ended).toMatchObject({ code: 0, errors: "" });
    expect(ended.output).toContain("kept");
    expect(files()).toHaveLength(2);
    remote.server.fault = undefined;
    expect(await run("natural", 0)).toMatchObject({ code: 0, output: "" });
    expect(hasAll(1, 2)).toBe(true);
    expect(files()).toEqual([]);
  });

  it("is not held up by a flush", async () => {
    expect(await run("await")).toMatchObject({ code: 0, output: "" });
    expect(hasAll(1, 2)).toBe(true);
  });
});

describe("a program that ends without waiting", () => {
  it.each([
    ["exit", { code: 0, errors: "" }],
    ["throw", { code: 1 }],
    ["rejection", { code: 1 }],
  ])("keeps its traces: %s", async (ending, expected) => {
    const ended = await run(ending);
    expect(ended).toMatchObject(expected);
    if (ending !== "exit") expect(ended.errors).toContain("the program's own");
    expect(ended.output).toContain("2 unsent traces are kept");
    expect(files()).toHaveLength(2);
    expect(await run("natural", 0)).toMatchObject({ code: 0, output: "" });
    expect(hasAll(1, 2)).toBe(true);
    expect(files()).toEqual([]);
  });

  it("keeps what is under way and unconfirmed", async () => {
    isSilent();
    expect(await run("exit-soon")).toMatchObject({ code: 3 });
    expect(remote.server.requests.length).toBeGreaterThan(0);
    expect(files()).toHaveLength(2);
  });

  it("keeps nothing when everything was confirmed", async () => {
    expect(await run("exit-stored", 1)).toMatchObject({ code: 3, output: "" });
    expect(hasAll(1)).toBe(true);
    expect(files()).toEqual([]);
  });

  it("keeps open traces, ended as failed", async () => {
    await run("open-exit", 0);
    expect(files()).toHaveLength(1);
    await run("natural", 0);
    expect(hasAll(99)).toBe(true);
    const [root] = remote.server.otlpSpans(sampleTraceId(99));
    expect(root?.status).toEqual({ code: 2, message: "The process ended before this span did" });
    expect(BigInt(String(root?.endTimeUnixNano))).toBeGreaterThan(BigInt(String(root?.startTimeUnixNano)));
  });

  it("loses them by a signal, unless asked to save them", async () => {
    expect(await run("signal")).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(files()).toEqual([]);
    const ended = await run("signal", 2, { MLFLOW_TRACE_SPILL_ON_SIGNAL: "true" });
    expect(ended).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(files()).toHaveLength(2);
  });

  it("says so when it may not keep them", async () => {
    const ended = await run("exit", 2, { MLFLOW_TRACE_SPILL_DIR: "" });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.output).toContain("2 unsent traces are lost");
    expect(files()).toEqual([]);
  });
});

describe("the files", () => {
  it("are this user's alone, and hold no credentials", async () => {
    await run("exit", 1);
    const [file = ""] = files();
    const path = join(directory, file);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
    const text = readFileSync(path, "utf8");
    expect(asRecord(parseJson(text))).toMatchObject({ trackingUri: remote.uri, version: 1 });
    expect(text).not.toContain("secret");
  });

  it("are sent by one of several processes only", async () => {
    await run("exit", 10);
    expect(files()).toHaveLength(10);
    await Promise.all([run("natural", 0), run("natural", 0)]);
    const posts = remote.server.seen("POST", "/api/3.0/mlflow/traces");
    expect(posts).toHaveLength(10);
    expect(files()).toEqual([]);
  });

  it("do not disturb a program that cannot write them", async () => {
    chmodSync(directory, 0o500);
    const ended = await run("exit", 2, { MLFLOW_TRACE_SPILL_DIR: "/dev/null/not-a-directory" });
    expect(ended).toMatchObject({ code: 0, errors: "" });
    expect(ended.output).toContain("2 unsent traces are lost");
    chmodSync(directory, 0o700);
  });
});
