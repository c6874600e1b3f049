import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { init, type LiveSpan, MlflowClient, startSpan, withSpan } from "mlflow-tracing";
import { beforeAll, describe, expect, it } from "vitest";
import { traceFromClient } from "./support/client-record";
import { testEnvironment } from "./support/environment";
import { flushAll } from "./support/flush";
import { readWithPython, searchWithPython } from "./support/python";

const SPANS = 10_000;
const TRACES = 200;
const { trackingUri } = testEnvironment();
const client = new MlflowClient({ trackingUri });
let experimentId: string;

beforeAll(async () => {
  experimentId = await client.createExperiment(`volume ${randomUUID()}`);
  init({ trackingUri, experimentId });
});

const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

describe(`one trace of ${SPANS} spans`, () => {
  it("arrives whole", async () => {
    const spans: LiveSpan[] = [startSpan({ name: "root" })];
    const parentOf = (at: number) => Math.floor((at - 1) / 10);
    for (let at = 1; at < SPANS; at++) {
      spans.push(startSpan({ name: `span ${at}`, parent: spans[parentOf(at)], inputs: { at, text: "x".repeat(200) } }));
    }
    for (const span of [...spans].reverse()) span.end({ outputs: span.name });
    const started = performance.now();
    const before = process.cpuUsage();
    await flushAll();
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    const busy = ((user + system) / 1e6).toFixed(1);
    console.log(`  export of a trace of ${SPANS} spans: ${seconds(started)}, of which this process worked ${busy} s`);
    if (took > 10_000) console.warn(`  SLOW: that is more than 10 s`);
    const { traceId } = spans[0] as LiveSpan;
    const reading = performance.now();
    const ours = traceFromClient(await client.getTrace(traceId));
    console.log(`  reading it with our client: ${seconds(reading)}`);
    const [python] = await readWithPython([traceId]);
    const facts = (trace: typeof python) =>
      Object.values(trace?.spans ?? {})
        .map(({ spanId, parentId, name, inputs }) =>
          JSON.stringify([spanId, parentId, name, String(Object(inputs).at)]),
        )
        .sort();
    const expected = spans.map(({ spanId, name }, at) => {
      const parent = at === 0 ? null : spans[parentOf(at)]?.spanId;
      return JSON.stringify([spanId, parent, name, at === 0 ? "undefined" : String(at)]);
    });
    expect(facts(python)).toEqual(expected.sort());
    expect(facts(ours)).toEqual(expected);
  });
});

describe(`${TRACES} traces at the same time`, () => {
  it("arrive whole, with their own spans only", async () => {
    const writeOne = (n: number) =>
      withSpan(
        async (root) => {
          for (let step = 0; step < 3; step++) {
            await withSpan(() => pause(Math.random() * 5), { name: `step ${n}`, inputs: { n, step } });
          }
          return root.traceId;
        },
        { name: `trace ${n}`, inputs: n },
      );
    const ids = await Promise.all(Array.from({ length: TRACES }, (_, n) => writeOne(n)));
    const started = performance.now();
    await flushAll();
    console.log(`  export of ${TRACES} traces: ${seconds(started)}`);
    const found = await searchWithPython({ experiment_id: experimentId, filter: "name LIKE 'trace %'" });
    expect(found.map(({ info }) => info.traceId).sort()).toEqual([...ids].sort());
    for (const { info, spans } of found) {
      const n = ids.indexOf(info.traceId);
      const all = Object.values(spans);
      const root = all.find(({ parentId }) => parentId === null);
      expect(root).toMatchObject({ name: `trace ${n}`, inputs: BigInt(n) });
      const steps = all.filter(({ parentId }) => parentId === root?.spanId);
      expect(steps.map(({ name }) => name)).toEqual(Array(3).fill(`step ${n}`));
      expect([all.length, info.state]).toEqual([4, "OK"]);
    }
  });
});
