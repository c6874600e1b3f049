/**
 * Runs every example (or those whose ids start with an argument) in Node.js and writes its `trace.json`.
 * A recording of the same shape is left as it is, so that ids and times do not churn; `--force` writes it anyway.
 *
 * Usage: npm run record [-- anthropic/basic] [-- --force]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildBundles } from "@tracebook/playground/bundles";
import { createNodeEngine } from "@tracebook/playground/node";
import { compileExample, type Example, loadExamples } from "../src/plugins/examples/load";
import type { Recording } from "../src/plugins/examples/schema";
import { runToRecording, sameShape } from "./recording";

const force = process.argv.includes("--force");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const bundleDir = mkdtempSync(join(tmpdir(), "tracebook-bundles-"));

try {
  const manifest = await buildBundles(bundleDir, "node", `${bundleDir}/`);
  const engine = createNodeEngine({ manifest, compile: unreachable });
  for (const example of loadExamples(resolve("examples"))) {
    if (wanted.length > 0 && !wanted.some((prefix) => example.id.startsWith(prefix))) continue;
    await record(engine, example);
  }
} finally {
  rmSync(bundleDir, { recursive: true, force: true });
}

async function record(engine: ReturnType<typeof createNodeEngine>, example: Example): Promise<void> {
  const program = { ...example.program, compiled: compileExample(example) };
  const { recording, result } = await runToRecording(engine, program);
  if (!recording) throw new Error(`${example.id} did not finish: ${result.outcome} ${result.error?.message ?? ""}`);
  const kept = !force && example.recording !== null && sameShape(example.recording, recording);
  if (!kept) write(example, recording);
  console.log(`${kept ? "same shape" : "recorded  "}  ${example.id}: ${result.spanCount} spans, ${recording.outcome}`);
  if (result.error) console.log(`  ${result.error.name}: ${result.error.message}\n${result.error.stack}`);
}

function write(example: Example, recording: Recording): void {
  // Stack traces name the bundles by their place on this machine.
  const text = JSON.stringify(recording, null, 1).replaceAll(`${bundleDir}/`, "");
  writeFileSync(join(example.directory, "trace.json"), `${text}\n`);
}

function unreachable(): never {
  throw new Error("Examples are compiled before they are run.");
}
