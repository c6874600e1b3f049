import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBundles } from "@tracebook/playground/bundles";
import type { Engine } from "@tracebook/playground/contract";
import { createNodeEngine } from "@tracebook/playground/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingShape, runToRecording } from "../scripts/recording";
import { compileExample, loadExamples } from "../src/plugins/examples/load";

const bundleDir = mkdtempSync(join(tmpdir(), "tracebook-examples-"));
const examples = loadExamples("examples");
let engine: Engine;

beforeAll(async () => {
  const manifest = await buildBundles(bundleDir, "node", `${bundleDir}/`);
  engine = createNodeEngine({ manifest, compile: () => ({ ok: false, problems: [] }) });
}, 60_000);

afterAll(() => rmSync(bundleDir, { recursive: true, force: true }));

describe("recorded traces", () => {
  it("exist for every example", () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter(({ recording }) => recording === null).map(({ id }) => id)).toEqual([]);
  });

  for (const example of examples) {
    it(`${example.id} runs to what was recorded`, async () => {
      const program = { ...example.program, compiled: compileExample(example) };
      const { recording, result } = await runToRecording(engine, program);
      expect(recording, result.error?.message).not.toBeNull();
      if (!(recording && example.recording)) return;
      expect(recordingShape(recording)).toEqual(recordingShape(example.recording));
    });
  }

  it("part from a program that has changed", async () => {
    const example = examples.find(({ id }) => id === "anthropic/tool-agent");
    expect(example?.recording).toBeTruthy();
    if (!example?.recording) return;
    const source = example.program.files["main.ts"] ?? "";
    const changed = {
      ...example,
      program: { ...example.program, files: { "main.ts": source.replaceAll("Sydney", "Oslo") } },
    };
    const { recording } = await runToRecording(engine, { ...changed.program, compiled: compileExample(changed) });
    expect(recording && recordingShape(recording)).not.toEqual(recordingShape(example.recording));
  });
});
