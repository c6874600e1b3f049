import { describe, expect, it } from "vitest";
import { buildTraceModel } from "../model/build-trace-model";
import { sampleTrace } from "../model/sample-trace";
import { rowOf, visibleRows } from "./visible-rows";

const { nodes } = buildTraceModel([
  sampleTrace([
    { id: "a" },
    { id: "b", parent: "a" },
    { id: "c", parent: "b" },
    { id: "d", parent: "a", from: 1 },
    { id: "e", from: 2 },
  ]),
]);
const keyOf = (id: string) => nodes.find((node) => node.spanId === id)?.key ?? "";

describe("visibleRows", () => {
  it("shows all when nothing is collapsed", () => {
    expect([...visibleRows(nodes, new Set())]).toEqual([0, 1, 2, 3, 4]);
  });

  it("skips what is under a collapsed span, however deep", () => {
    expect([...visibleRows(nodes, new Set([keyOf("b")]))]).toEqual([0, 1, 3, 4]);
    expect([...visibleRows(nodes, new Set([keyOf("a"), keyOf("b")]))]).toEqual([0, 4]);
  });
});

describe("rowOf", () => {
  it("finds the row of a span, or of the ancestor that hides it", () => {
    const rows = visibleRows(nodes, new Set([keyOf("a")]));
    expect([0, 1, 2, 3, 4].map((index) => rowOf(rows, index))).toEqual([0, 0, 0, 0, 1]);
    expect(rowOf(new Uint32Array(), 0)).toBe(-1);
  });
});
