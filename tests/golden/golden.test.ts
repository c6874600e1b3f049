import { readFileSync } from "node:fs";
import { createMockFetch, createTrackingServer, instantClock } from "@tracebook/mock-providers";
import type { Trace } from "@tracebook/playground/contract";
import * as mlflow from "mlflow-tracing";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyDifference } from "./differences";
import { type GoldenLibrary, LIBRARIES } from "./libraries";
import { type RecordedExchange, replayService } from "./replay";
import { type GoldenShape, goldenShape, readShape } from "./shape";

const read = <T>(library: string, name: string, file: string): T =>
  JSON.parse(readFileSync(new URL(`${library}/${name}/${file}`, import.meta.url), "utf8")) as T;

const nativeFetch = globalThis.fetch;
let server: ReturnType<typeof createTrackingServer>;
beforeEach(() => {
  server = createTrackingServer();
});
afterEach(() => {
  globalThis.fetch = nativeFetch;
});

/** Runs the counterpart of a golden case against its recorded provider and returns the traces that the server received. */
async function runCounterpart(golden: GoldenLibrary, name: string): Promise<Trace[]> {
  const { name: library, hosts, programs, normalize } = golden;
  const provider = replayService(hosts, read<RecordedExchange[]>(library, name, "exchanges.json"), normalize);
  globalThis.fetch = createMockFetch({ services: [provider, server], clock: instantClock });
  mlflow.init({ trackingUri: "http://localhost:5000", experimentId: "0" });
  await programs[name]?.();
  await mlflow.flushTraces();
  expect(provider.left(), "exchanges that were not used").toBe(0);
  return server.list().map(({ info, spans }) => ({ info, data: { spans } }) as unknown as Trace);
}

/** A case has one trace, or several in one file. */
function readShapes(library: string, name: string): GoldenShape[] {
  const recorded = read<GoldenShape | GoldenShape[]>(library, name, "shape.json");
  return (Array.isArray(recorded) ? recorded : [recorded]).map(readShape);
}

/** The Python shapes after every intended difference that applies to the case. */
function expectedShapes(golden: GoldenLibrary, name: string): readonly GoldenShape[] {
  const ofCase = golden.differences.filter(({ cases }) => cases.includes(name));
  const python: readonly GoldenShape[] = readShapes(golden.name, name);
  const expected = ofCase.reduce((shapes, difference) => applyDifference(difference, shapes), python);
  return expected.map((shape) => golden.normalizeShape?.(shape) ?? shape);
}

function recordedShapes({ normalizeShape }: GoldenLibrary, traces: readonly Trace[]): readonly GoldenShape[] {
  return traces.map(goldenShape).map((shape) => normalizeShape?.(shape) ?? shape);
}

let equal = 0;
afterAll(() => {
  const differences = LIBRARIES.reduce((sum, library) => sum + library.differences.length, 0);
  console.info(`${equal} golden traces equal but for ${differences} differences with a reason each`);
});

describe.each(LIBRARIES)("$name: what Python records and what ours records", (library) => {
  it.each(Object.keys(library.programs))("%s: equal but for the intended differences", async (name) => {
    const traces = await runCounterpart(library, name);
    expect(recordedShapes(library, traces)).toEqual(expectedShapes(library, name));
    equal += traces.length;
  });

  it("has no difference in the table that does not show", () => {
    for (const difference of library.differences) {
      for (const name of difference.cases) {
        const before = readShapes(library.name, name);
        expect(applyDifference(difference, before), `${difference.what} (${name})`).not.toEqual(before);
      }
    }
  });

  it("notices what is not in the table", async () => {
    const [name = ""] = Object.keys(library.programs);
    const traces = await runCounterpart(library, name);
    const [span] = traces[0]?.data.spans ?? [];
    if (span) span.attributes["mlflow.llm.model"] = '"another"';
    expect(recordedShapes(library, traces)).not.toEqual(expectedShapes(library, name));
  });
});
