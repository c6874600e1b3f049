// @ts-check
/** `npm run test:mlflow`: our SDK against a real MLflow server and client; the last line is `N passed, N failed`. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../server/listen.mjs";
import { ensureInstalled } from "../setup/install.mjs";
import { countVitest, readReport, verdict } from "../setup/results.mjs";
import { ROOT, runPackage } from "../setup/run.mjs";
import { formatDuration, StepFailure, step } from "../setup/steps.mjs";
import { CannotRun, ensureEnvironment, environmentFolder } from "./environment.mjs";
import { startPeer } from "./peer.mjs";
import { findPython } from "./python.mjs";
import { startServer } from "./server.mjs";

/** @typedef {import("../setup/results.mjs").Count} Count */

const REPORT = join(ROOT, ".cache", "reports", "mlflow.json");
const CONFIG = "tests/mlflow/vitest.mlflow.config.mts";

/** Undone at the end, in reverse order, also when a signal ends us. @type {(() => unknown)[]} */
const cleanups = [];

async function cleanUp() {
  for (const undo of cleanups.splice(0).reverse()) await undo();
}

/** What the user has set for MLflow is meant for other servers. */
function forgetSettings() {
  for (const name of Object.keys(process.env)) if (/^(MLFLOW|DATABRICKS)_/.test(name)) delete process.env[name];
}

/** @returns {Promise<string>} a Python that has MLflow */
async function preparePython() {
  const python = findPython();
  if (python === undefined) throw new CannotRun("no Python 3.10 or newer");
  return ensureEnvironment(python, environmentFolder(process.env));
}

/** @param {string} python @returns {Promise<Record<string, string>>} what the tests have to know */
async function startAll(python) {
  const folder = mkdtempSync(join(tmpdir(), "tracebook-mlflow-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await freePort({ port: 0, log: () => undefined });
  const ending = new AbortController();
  const starting = startServer({ python, port, folder, signal: ending.signal });
  const peering = startPeer(python, `http://127.0.0.1:${port}`, ending.signal);
  cleanups.push(async () => {
    ending.abort();
    await starting.then(
      (server) => server.kill(),
      () => undefined,
    );
  });
  const [server, peer] = await Promise.all([starting, peering]);
  return {
    TRACEBOOK_MLFLOW_URI: server.uri,
    TRACEBOOK_MLFLOW_PEER: peer.uri,
    TRACEBOOK_MLFLOW_PYTHON: python,
    TRACEBOOK_MLFLOW_FOLDER: folder,
  };
}

/** @param {Record<string, string>} env @returns {Promise<Count>} */
async function runTests(env) {
  mkdirSync(join(REPORT, ".."), { recursive: true });
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const args = ["run", "--config", CONFIG, ...reporters, ...process.argv.slice(2)];
  const exitCode = await runPackage("vitest/vitest.mjs", args, { env });
  return verdict(readReport(REPORT, countVitest), exitCode);
}

/** @returns {Promise<Count>} */
async function runAll() {
  await ensureInstalled();
  const python = await preparePython();
  const env = await step("MLflow server and client", () => startAll(python));
  return step("Tests: vitest", () => runTests(env));
}

/** @param {unknown} error @returns {Count | undefined} undefined when the tests are skipped */
function explain(error) {
  if (error instanceof CannotRun && process.env.TRACEBOOK_REQUIRE_MLFLOW !== "1") {
    console.log(`skipped: ${error.message}`);
    return undefined;
  }
  const isTold = error instanceof StepFailure || error instanceof CannotRun;
  console.error(isTold ? `\n${error.message}` : error);
  return { passed: 0, failed: 1 };
}

async function main() {
  const started = performance.now();
  forgetSettings();
  for (const [at, signal] of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]).entries()) {
    process.once(signal, () => {
      console.error(`\nStopped by ${signal}.`);
      void cleanUp().finally(() => process.exit([130, 143, 129][at]));
    });
  }
  const count = await runAll().catch(explain);
  await cleanUp();
  if (count === undefined) return;
  console.log(`\nAll of it took ${formatDuration(performance.now() - started)}.`);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}

await main();
