import type { LiveSpan } from "mlflow-tracing";
import { describe, expect, it } from "vitest";
import { type Run, RunMap } from "./run-map.js";

function run(ended: string[], name: string, owner: object = {}, ownsSpan = true): Run {
  return { span: { end: () => ended.push(name) } as unknown as LiveSpan, ownsSpan, owner, tokens: 0 };
}

describe("RunMap", () => {
  it("ends the span of the oldest run beyond the limit, and counts it", () => {
    const ended: string[] = [];
    const runs = new RunMap(2);
    for (const name of ["a", "b", "c"]) runs.add(name, run(ended, name));
    expect(ended).toEqual(["a"]);
    expect([runs.size, runs.dropped, runs.get("a")]).toEqual([2, 1, undefined]);
  });

  it("does not end a span that a run only borrows", () => {
    const ended: string[] = [];
    const runs = new RunMap(1);
    runs.add("hidden", run(ended, "hidden", {}, false));
    runs.add("b", run(ended, "b"));
    expect(ended).toEqual([]);
  });

  it("gives up the runs of one owner, the innermost first", () => {
    const runs = new RunMap();
    const mine = {};
    const names = ["outer", "other", "inner"];
    for (const name of names) runs.add(name, run([], name, name === "other" ? {} : mine));
    const [outer, , inner] = names.map((name) => runs.get(name));
    expect(runs.takeAll(mine)).toEqual([inner, outer]);
    expect(runs.size).toBe(1);
    expect(runs.take("unknown")).toBeUndefined();
  });
});
