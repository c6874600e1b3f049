import { randomUUID } from "node:crypto";
import { MlflowClient, MlflowHttpError, type TraceInfo } from "mlflow-tracing";
import { beforeAll, describe, expect, it } from "vitest";
import { infoFromClient, traceFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { callPython, readWithPython } from "./support/python";
import type { SpanRecord, TraceRecord } from "./support/record";

/** What `writing.write_all` returns: ids of traces. */
interface Written {
  readonly types: string;
  readonly events: string;
  readonly usage: string;
  readonly decorated: readonly string[];
  readonly many: readonly string[];
  readonly spanTypes: readonly string[];
}

const MANY = 20;
const FIRST_MS = 1_750_000_000_123;
const client = new MlflowClient({ trackingUri: testEnvironment().trackingUri });
let experimentId: string;
let manyExperimentId: string;
let written: Written;
let python: TraceRecord[];
let single: string[];

beforeAll(async () => {
  experimentId = await client.createExperiment(`read ${randomUUID()}`);
  manyExperimentId = await client.createExperiment(`read many ${randomUUID()}`);
  const args = { experiment_id: experimentId, many_experiment_id: manyExperimentId, many: MANY };
  written = await callPython<Written>("write_all", args);
  single = [written.types, written.events, written.usage, ...written.decorated];
  python = await readWithPython(single);
});

const spansOf = (at: number): SpanRecord[] => Object.values(python[at]?.spans ?? {});
const named = (at: number, name: string) => spansOf(at).filter((span) => span.name === name);

describe("traces that Python writes", () => {
  it("hold what is to be read", () => {
    expect(
      spansOf(0)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["UNKNOWN", ...written.spanTypes].sort());
    expect(named(1, "events and links")).toMatchObject([{ type: "MY_OWN_TYPE", events: [{}, {}], links: [{}, {}] }]);
    expect(named(1, "fails")).toMatchObject([{ status: "ERROR", events: [["exception", expect.any(BigInt), {}]] }]);
    expect(python[2]?.info).toMatchObject({
      clientRequestId: "request-7",
      tokenUsage: { input_tokens: 30n, output_tokens: 60n, total_tokens: 90n },
      cost: { input_cost: 4.5e-6 },
      metadata: { "mlflow.trace.session": "session-1", "mlflow.trace.user": "user-1" },
      tags: { env: "prod" },
    });
    expect(python[2]?.info.assessments).toHaveLength(12);
    expect(python.map(({ info }) => info.state)).toEqual(["OK", "ERROR", "OK", "OK", "ERROR"]);
  });

  it.each([
    ["a chain of every span type", 0],
    ["events, links and exceptions", 1],
    ["usage, session, user, previews and assessments", 2],
    ["a decorated function", 3],
    ["a decorated function that failed", 4],
  ])("are read equal by getTrace: %s", async (_name, at) => {
    const trace = await client.getTrace(single[at] ?? "");
    expect(traceFromClient(trace)).toStrictEqual(python[at]);
    expect(infoFromClient(await client.getTraceInfo(single[at] ?? ""))).toStrictEqual(python[at]?.info);
  });

  it("are read equal by getTraces, each once, in the order asked", async () => {
    const order = [...single].reverse();
    const traces = await client.getTraces([...order, "tr-00000000000000000000000000000000", ...single]);
    expect(traces.map(traceFromClient)).toStrictEqual([...python].reverse());
  });

  it("are found by searchTraces, with all that is known of them", async () => {
    const { traces } = await client.searchTraces({ experimentIds: [experimentId] });
    expect(traces).toHaveLength(single.length);
    for (const info of traces) {
      const expected = python.find((trace) => trace.info.traceId === info.traceId);
      expect(infoFromClient(info)).toStrictEqual(expected?.info);
    }
  });

  it("have the bytes of their attachments", async () => {
    const reference = /mlflow-attachment:\/\/([\w-]+)/.exec(JSON.stringify(named(2, "chat")[0]?.inputs));
    const data = await client.downloadAttachment(written.usage, reference?.[1] ?? "");
    expect([...data]).toEqual(Array.from({ length: 256 }, (_, at) => at));
  });
});

describe("search", () => {
  const numbers = (infos: readonly TraceInfo[]) => infos.map(({ traceId }) => written.many.indexOf(traceId));
  const find = async (filter: string, orderBy = ["request_time ASC"]) =>
    numbers((await client.searchTraces({ experimentIds: [manyExperimentId], filter, orderBy })).traces);
  const where = (is: (n: number) => boolean) => [...Array(MANY).keys()].filter(is);

  it.each<[string, string, (n: number) => boolean]>([
    ["state = 'ERROR'", "status = 'ERROR'", (n) => n % 5 === 0],
    ["state != 'ERROR'", "status != 'ERROR'", (n) => n % 5 !== 0],
    ["tags.parity = 'odd'", "tags.parity = 'odd'", (n) => n % 2 === 1],
    ["metadata.third = '2'", "metadata.third = '2'", (n) => n % 3 === 2],
    ["request_time >= 1750000010123", "timestamp_ms >= 1750000010123", (n) => n >= 10],
    ["requestTime < 1750000010123", "timestamp_ms < 1750000010123", (n) => n < 10],
    ["execution_duration > 1500", "execution_time_ms > 1500", (n) => n >= 15],
    ["name = 'number 3'", "name = 'number 3'", (n) => n === 3],
    ["name LIKE 'number 1%'", "name LIKE 'number 1%'", (n) => n === 1 || n >= 10],
    [
      "state = 'OK' AND tags.parity = 'even' AND metadata.third = '1'",
      "status = 'OK' AND tags.parity = 'even' AND metadata.third = '1'",
      (n) => n % 5 !== 0 && n % 2 === 0 && n % 3 === 1,
    ],
    ["tags.parity = 'neither'", "tags.parity = 'neither'", () => false],
  ])("%s finds what it says, and what Python finds", async (filter, inPython, is) => {
    const found = await find(filter);
    expect(found).toEqual(where(is));
    const ids = await callPython<string[]>("search_ids", { experiment_id: manyExperimentId, filter: inPython });
    expect(ids.sort()).toEqual(found.map((n) => written.many[n]).sort());
  });

  it("one trace by its id", async () => {
    expect(await find(`trace_id = '${written.many[7]}'`)).toEqual([7]);
  });

  it("orders, newest first by default", async () => {
    const descending = where(() => true).reverse();
    expect(numbers((await client.searchTraces({ experimentIds: [manyExperimentId] })).traces)).toEqual(descending);
    expect(await find("state != ''", ["execution_duration DESC"])).toEqual(descending);
    expect(await find("request_time > 0", ["state DESC", "timestamp_ms DESC"])).toEqual([
      ...descending.filter((n) => n % 5 !== 0),
      ...descending.filter((n) => n % 5 === 0),
    ]);
  });

  it("gives pages; after a last page that is full comes an empty one", async () => {
    const pages: number[][] = [];
    let pageToken: string | undefined;
    do {
      const page = await client.searchTraces({ experimentIds: [manyExperimentId], maxResults: MANY / 4, pageToken });
      pages.push(numbers(page.traces));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && pages.length < 10);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 0]);
    expect(pages.flat()).toEqual(where(() => true).reverse());
  });

  it.each([
    [{ maxResults: 5 }, MANY],
    [{ maxResults: 7 }, MANY],
    [{ maxResults: 5, limit: 10 }, 10],
    [{ limit: 0 }, 0],
    [{ limit: 3, filter: "state = 'ERROR'" }, 3],
  ])("iterateTraces gives each trace once: %j", async (options, count) => {
    const found: TraceInfo[] = [];
    const orderBy = ["request_time ASC"];
    for await (const info of client.iterateTraces({ experimentIds: [manyExperimentId], orderBy, ...options })) {
      found.push(info);
    }
    expect(found).toHaveLength(count);
    expect(new Set(numbers(found)).size).toBe(count);
    expect(numbers(found)).toEqual([...numbers(found)].sort((left, right) => left - right));
  });

  it("says what is wrong with a filter", async () => {
    await expect(find("colour = 'red'")).rejects.toThrow(MlflowHttpError);
    await expect(find("state = 'OK' OR state = 'ERROR'")).rejects.toThrow(MlflowHttpError);
  });
});

describe("changes to Python's traces", () => {
  it("tags are set, replaced and deleted, and Python sees it", async () => {
    const id = written.types;
    const value = "ü 🙂 '\"\\ 12";
    await client.setTraceTag(id, "kind", value);
    await client.setTraceTag(id, "new tag/with.signs-_", "12");
    await client.setTraceTag(id, "short-lived", "x");
    await client.deleteTraceTag(id, "short-lived");
    const [trace] = await readWithPython([id]);
    expect(trace?.info.tags).toMatchObject({ kind: value, "new tag/with.signs-_": "12" });
    expect(trace?.info.tags).not.toHaveProperty("short-lived");
    await expect(client.deleteTraceTag(id, "short-lived")).rejects.toMatchObject({ status: 404 });
  });

  it("traces are linked to a run, by which Python finds them", async () => {
    const runId = await callPython<string>("create_run", { experiment_id: manyExperimentId });
    const linked = written.many.slice(3, 6);
    await client.linkTracesToRun(linked, runId);
    const filter = `run_id = '${runId}'`;
    const ids = await callPython<string[]>("search_ids", { experiment_id: manyExperimentId, filter });
    expect(ids.sort()).toEqual([...linked].sort());
    const { traces } = await client.searchTraces({ experimentIds: [manyExperimentId], filter });
    expect(traces.map(({ traceId }) => traceId).sort()).toEqual([...linked].sort());
  });

  it("traces are deleted by id and by time, and no others", async () => {
    const [first = "", second = ""] = written.many;
    const byId = { experimentId: manyExperimentId, traceIds: [second, "tr-unknown"] };
    expect(await client.deleteTraces(byId)).toBe(1);
    expect(await client.deleteTraces(byId)).toBe(0);
    const untilFourth = { experimentId: manyExperimentId, maxTimestampMs: FIRST_MS + 3_000 };
    expect(await client.deleteTraces({ ...untilFourth, maxTraces: 1 })).toBe(1);
    expect(await client.deleteTraces(untilFourth)).toBe(2);
    const left = await callPython<string[]>("search_ids", { experiment_id: manyExperimentId });
    expect(left.sort()).toEqual(written.many.slice(4).sort());
    await expect(client.getTrace(first)).rejects.toMatchObject({ status: 404 });
    expect(await client.getTraces([first, second])).toEqual([]);
  });
});
