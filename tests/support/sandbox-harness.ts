/** Runs in a page of its own: the sandbox engine without the site around it, so that its suites can be run from outside. */
import {
  type BundleManifest,
  type Compile,
  createSandboxEngine,
  type RunEvent,
  type RunResult,
} from "@tracebook/playground";
import { CONFORMANCE_CASES, runCase } from "@tracebook/playground/conformance";

export interface HarnessWindow {
  manifest: BundleManifest;
  compileInNode: Compile;
  runConformance(name: string): Promise<string[]>;
  runFiles(files: Record<string, string>): Promise<{ result: RunResult; events: RunEvent[] }>;
}

const host = globalThis as unknown as HarnessWindow;
const engine = createSandboxEngine({
  manifest: host.manifest,
  compile: (path, source, isEntry) => host.compileInNode(path, source, isEntry),
  deadlineMs: 3_000,
});

(host as unknown as { engineForTests: unknown }).engineForTests = engine;
host.runConformance = (name) => {
  const found = CONFORMANCE_CASES.find((conformanceCase) => conformanceCase.name === name);
  return found ? runCase(engine, found) : Promise.resolve([`no case ${name}`]);
};

host.runFiles = async (files) => {
  const events: RunEvent[] = [];
  const program = { language: "typescript" as const, entry: "main.ts", files };
  const result = await engine.run(program, (event) => events.push(event), new AbortController().signal);
  return { result, events };
};
