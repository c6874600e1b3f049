import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findProgram } from "./find-program";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tracebook-find-"));
  for (const [name, mode] of [
    ["plain", 0o644],
    ["program", 0o755],
    ["other", 0o755],
  ] as const) {
    writeFileSync(join(folder, name), "");
    chmodSync(join(folder, name), mode);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("finds the first name that can be run", () => {
  expect(findProgram(["absent", "plain", "other", "program"], ["", "/nowhere", folder].join(delimiter))).toBe(
    join(folder, "other"),
  );
});

it("finds nothing where nothing is", () => {
  expect(findProgram(["absent", "plain"], folder)).toBeUndefined();
  expect(findProgram(["program"], "")).toBeUndefined();
});
