import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundles } from "../../bundles/build";
import { CONFORMANCE_CASES, runCase } from "../../conformance";
import type { Engine } from "../../contract";
import { lower } from "../../lowering";
import { createNodeEngine } from "./engine";

const bundleDir = mkdtempSync(join(tmpdir(), "tracebook-node-engine-"));
let engine: Engine;

beforeAll(async () => {
  const manifest = await buildBundles(bundleDir, "node", `${bundleDir}/`);
  const compile = (path: string, source: string, entry: boolean) => lower(ts, path, source, { entry });
  engine = createNodeEngine({ manifest, compile, deadlineMs: 3_000 });
}, 60_000);

afterAll(() => rmSync(bundleDir, { recursive: true, force: true }));

describe("node engine", () => {
  for (const conformanceCase of CONFORMANCE_CASES) {
    const reason = conformanceCase.skip?.node;
    it.skipIf(reason !== undefined)(reason ? `${conformanceCase.name} (${reason})` : conformanceCase.name, async () => {
      expect(await runCase(engine, conformanceCase)).toEqual([]);
    });
  }
});

describe("the conformance suite itself", () => {
  it("notices a wrong output, a missing error and a wrong line", async () => {
    expect(await runCase(engine, { name: "x", code: `console.log(1);`, prints: ["2"] })).not.toEqual([]);
    expect(await runCase(engine, { name: "x", code: "", error: { message: "boom" } })).not.toEqual([]);
    expect(await runCase(engine, { name: "x", code: `\nthrow new Error("boom");`, error: { line: 1 } })).not.toEqual(
      [],
    );
  });
});
