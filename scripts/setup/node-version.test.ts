import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeProblem, OLDEST_NODE } from "./node-version.mjs";

it("accepts the oldest version and newer ones", () => {
  for (const version of ["20.0.0", "20.20.2", "22.1.0", "100.0.0"]) expect(nodeProblem(version)).toBe("");
});

it("names both versions when Node is too old", () => {
  for (const version of ["8.17.0", "18.19.1", "19.9.0"]) {
    expect(nodeProblem(version)).toContain(version);
    expect(nodeProblem(version)).toContain("20 or newer");
  }
});

it("agrees with package.json", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});
