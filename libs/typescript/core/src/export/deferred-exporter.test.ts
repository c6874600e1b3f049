import { describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { DeferredExporter } from "./deferred-exporter.js";
import type { FinishedTrace, TraceExporter } from "./trace-exporter.js";

const finished = (id: number) => ({ id }) as unknown as FinishedTrace;

function recording() {
  const exported: unknown[] = [];
  const flush = vi.fn(async () => {});
  const exporter: TraceExporter = { export: (trace) => void exported.push(trace), flush };
  return { exported, flush, exporter };
}

describe("DeferredExporter", () => {
  it("loads at the first trace, once, and keeps the order", async () => {
    const { exported, flush, exporter } = recording();
    const load = vi.fn(async () => exporter);
    const deferred = new DeferredExporter(load);
    await deferred.flush();
    expect(load).not.toHaveBeenCalled();
    for (const id of [1, 2, 3]) deferred.export(finished(id));
    await deferred.flush();
    deferred.export(finished(4));
    expect(exported).toEqual([1, 2, 3, 4].map((id) => ({ id })));
    expect([load.mock.calls.length, flush.mock.calls.length]).toEqual([1, 1]);
  });

  it.each([
    ["rejects", async () => Promise.reject(new Error("offline"))],
    [
      "throws",
      () => {
        throw new Error("offline");
      },
    ],
  ])("gives traces up, counted, when loading %s, and tries again for the next", async (_case, fail) => {
    const warnings = vi.fn();
    const restore = setDiagnosticSink(warnings);
    const { exported, exporter } = recording();
    const load = vi.fn<() => Promise<TraceExporter>>(fail).mockImplementationOnce(fail);
    const deferred = new DeferredExporter(load);
    for (const id of [1, 2]) deferred.export(finished(id));
    await deferred.flush();
    expect([deferred.dropped, warnings.mock.calls.length]).toEqual([2, 1]);
    load.mockImplementation(async () => exporter);
    deferred.export(finished(3));
    await deferred.flush();
    expect(exported).toEqual([{ id: 3 }]);
    restore();
  });

  it("holds a limited number of traces while it loads", async () => {
    const { exported, exporter } = recording();
    const deferred = new DeferredExporter(async () => exporter);
    for (let id = 0; id < 1_005; id++) deferred.export(finished(id));
    await deferred.flush();
    expect([exported.length, deferred.dropped]).toEqual([1_000, 5]);
  });
});
