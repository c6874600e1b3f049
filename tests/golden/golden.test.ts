import { readFileSync } from "node:fs";
import { createMockFetch, createTrackingServer, instantClock } from "@tracebook/mock-providers";
import type { Trace } from "@tracebook/playground/contract";
import * as mlflow from "mlflow-tracing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DIFFERENCES } from "./differences";
import { PROGRAMS } from "./programs";
import { type RecordedExchange, replayService } from "./replay";
import { type GoldenShape, goldenShape, readShape } from "./shape";

const read = <T>(name: string, file: string): T =>
  JSON.parse(readFileSync(new URL(`anthropic/${name}/${file}`, import.meta.url), "utf8")) as T;

const nativeFetch = globalThis.fetch;
let server: ReturnType<typeof createTrackingServer>;
beforeEach(() => {
  server = createTrackingServer();
});
afterEach(() => {
  globalThis.fetch = nativeFetch;
});

/** Runs the counterpart of a golden case against its recorded provider and returns the one trace that the server received. */
async function runCounterpart(name: string): Promise<Trace> {
  const provider = replayService(["api.anthropic.com"], read<RecordedExchange[]>(name, "exchanges.json"));
  globalThis.fetch = createMockFetch({ services: [provider, server], clock: instantClock });
  mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });
  await PROGRAMS[name]?.();
  await mlflow.flushTraces();
  expect(provider.left(), "exchanges that were not used").toBe(0);
  const [record, ...others] = server.list();
  expect(others).toEqual([]);
  return { info: record?.info, data: { spans: record?.spans } } as Trace;
}

/** The Python shape after every intended difference that applies to the case. */
function expectedShape(name: string): GoldenShape {
  const apply = DIFFERENCES.filter(({ cases }) => cases.includes(name));
  return apply.reduce((shape, difference) => difference.apply(shape), readShape(read(name, "shape.json")));
}

describe("Anthropic: what Python records and what ours records", () => {
  for (const name of Object.keys(PROGRAMS)) {
    it(`${name}: equal but for the intended differences`, async () => {
      expect(goldenShape(await runCounterpart(name))).toEqual(expectedShape(name));
    });
  }

  it("has no difference in the table that does not show", () => {
    for (const { what, cases, apply } of DIFFERENCES) {
      for (const name of cases) {
        const before = readShape(read(name, "shape.json"));
        expect(apply(before), `${what} (${name})`).not.toEqual(before);
      }
    }
  });

  it("notices what is not in the table", async () => {
    const trace = await runCounterpart("basic");
    const [span] = trace.data.spans;
    if (span) span.attributes["mlflow.llm.model"] = '"another"';
    expect(goldenShape(trace)).not.toEqual(expectedShape("basic"));
  });
});
