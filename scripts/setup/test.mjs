// @ts-check
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../server/listen.mjs";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { countPlaywright, countVitest, readReport, verdict } from "./results.mjs";
import { ROOT, run, runPackage } from "./run.mjs";
import { expectSuccess, formatDuration, StepFailure, step } from "./steps.mjs";

/** @typedef {import("./results.mjs").Count} Count */

const REPORTS = join(ROOT, ".cache", "reports");

/**
 * Runs one test runner and counts what its JSON report says.
 * @param {string} name
 * @param {(json: string) => Count} parse
 * @param {(report: string) => Promise<number>} start runs it so that it writes its report to that path
 * @returns {Promise<Count>}
 */
async function suite(name, parse, start) {
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const exitCode = await start(report);
  return verdict(readReport(report, parse), exitCode);
}

/** Unit tests. */
export function runUnitTests() {
  return suite("vitest", countVitest, (report) =>
    runPackage("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]),
  );
}

/**
 * End-to-end tests against the built site.
 * @param {string} browser path of a Chromium
 */
export async function runEndToEndTests(browser) {
  const port = await freePort({ port: 3187, log: () => undefined });
  return suite("playwright", countPlaywright, (report) =>
    runPackage("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
      env: { CHROMIUM_PATH: browser, TRACEBOOK_TEST_PORT: String(port), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }),
  );
}

async function checkSources() {
  await step("Lint: biome check", () =>
    expectSuccess(
      runPackage("@biomejs/biome/bin/biome", ["check", "."]),
      "Lint failed; `npm run format` mends most of it.",
    ),
  );
  await step("Types: tsc", async () => {
    await expectSuccess(runPackage("typescript/bin/tsc", ["-p", "tsconfig.json"]), "The types do not check.");
    await expectSuccess(
      runPackage("typescript/bin/tsc", ["-p", "scripts/tsconfig.json"]),
      "The scripts' types do not check.",
    );
  });
}

/**
 * A suite as a step, which fails when a test did.
 * @param {string} name
 * @param {Count} total what is to be added to
 * @param {() => Promise<Count>} work
 */
function suiteStep(name, total, work) {
  return step(name, async () => {
    const { passed, failed } = await work();
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) throw new StepFailure(`${name}: ${passed} passed, ${failed} failed; see above.`);
  });
}

/** @param {Count} total */
async function runAll(total) {
  await ensureInstalled();
  mkdirSync(REPORTS, { recursive: true });
  await checkSources();
  await suiteStep("Unit tests: vitest", total, runUnitTests);
  await step("SDK packages: build, publint, arethetypeswrong", () =>
    expectSuccess(
      run(process.execPath, ["libs/typescript/scripts/check-packages.mjs"]),
      "The SDK's packages could not be published.",
    ),
  );
  const browser = await step("Browser: find a Chromium", () => ensureBrowser());
  await ensureBuilt();
  await suiteStep("End-to-end tests: playwright", total, () => runEndToEndTests(browser));
}

/** Runs every check and ends with `N passed, N failed`; a failed step that is no test counts as one failure. */
export async function test() {
  const started = performance.now();
  const total = { passed: 0, failed: 0 };
  try {
    await runAll(total);
  } catch (error) {
    console.error(
      error instanceof Error && !(error instanceof StepFailure)
        ? error
        : `\n${error instanceof Error ? error.message : error}`,
    );
    if (total.failed === 0) total.failed = 1;
  }
  console.log(`\nAll of it took ${formatDuration(performance.now() - started)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}
