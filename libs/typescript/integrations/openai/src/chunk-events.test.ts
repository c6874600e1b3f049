import { startSpan } from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { CHUNK_CHARACTER_LIMIT, CHUNK_EVENT_LIMIT, ChunkEvents, DROPPED_CHUNKS_ATTRIBUTE } from "./chunk-events.js";
import { recordTraces } from "./testing/recorded-traces.js";

recordTraces();

function record(...chunks: unknown[]) {
  const span = startSpan({ name: "call" });
  const events = new ChunkEvents(span);
  for (const chunk of chunks) events.add(chunk);
  events.finish();
  return { names: span.events.map(({ name }) => name), dropped: span.getAttribute(DROPPED_CHUNKS_ATTRIBUTE) };
}

describe("ChunkEvents", () => {
  it("keeps chunks up to the limit and counts the rest", () => {
    expect(record(...Array.from({ length: CHUNK_EVENT_LIMIT }, () => 1)).dropped).toBeUndefined();
    const { names, dropped } = record(...Array.from({ length: CHUNK_EVENT_LIMIT + 1 }, () => 1));
    expect([names.length, names.at(-1), dropped]).toEqual([
      CHUNK_EVENT_LIMIT,
      `mlflow.chunk.item.${CHUNK_EVENT_LIMIT - 1}`,
      1,
    ]);
  });

  it("keeps characters up to the limit, and nothing after the first chunk that is left out", () => {
    const half = "x".repeat(CHUNK_CHARACTER_LIMIT / 2);
    expect(record(half, half, "small")).toEqual({ names: ["mlflow.chunk.item.0"], dropped: 2 });
  });

  it("counts what is no JSON", () => {
    expect(record(undefined, { a: 1 })).toEqual({ names: [], dropped: 2 });
  });
});
