// @ts-check
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { StepFailure } from "../setup/steps.mjs";

/**
 * A running tracking server.
 * @typedef {object} TrackingServer
 * @property {string} uri
 * @property {string} database path of its SQLite database
 * @property {() => Promise<void>} kill ends all its processes at once, as a crash would; resolves when they are gone
 */
/**
 * @typedef {object} ServerOptions
 * @property {string} python a Python that has MLflow
 * @property {number} port
 * @property {string} folder of database, artifacts and log; a server that is started there again goes on with them
 * @property {number} [workers] processes that answer; 2 by default, so that requests meet in the database as in production
 * @property {AbortSignal} [signal] kills it, also while it starts
 * @property {number} [deadlineMs] how long it may take to answer; 120,000 by default
 */

const GUARD = fileURLToPath(new URL("guard.py", import.meta.url));
const DEADLINE_MS = 120_000;

/** Nothing is told to anybody, no job runner is started (tracing does not need one), and no byte code is left behind. */
export const PYTHON_ENVIRONMENT = {
  MLFLOW_DISABLE_TELEMETRY: "true",
  DO_NOT_TRACK: "true",
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONUTF8: "1",
};

/** @param {Required<Pick<ServerOptions, "folder" | "port" | "workers">>} options */
function serverArguments({ folder, port, workers }) {
  const database = `sqlite:///${join(folder, "mlflow.db")}`;
  const artifacts = pathToFileURL(join(folder, "artifacts")).href;
  const stores = ["--backend-store-uri", database, "--artifacts-destination", artifacts, "--serve-artifacts"];
  return ["server", ...stores, "--host", "127.0.0.1", "--port", String(port), "--workers", String(workers)];
}

/**
 * Starts `mlflow server` with SQLite and the artifact proxy, and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<TrackingServer>}
 * @throws {StepFailure} with the end of its log when it ends or does not answer in time; nothing runs then
 */
export async function startServer({ python, port, folder, workers = 2, signal, deadlineMs = DEADLINE_MS }) {
  const logPath = join(folder, "server.log");
  const log = openSync(logPath, "a");
  const child = spawn(python, [GUARD, ...serverArguments({ folder, port, workers })], {
    cwd: folder,
    detached: process.platform !== "win32",
    env: { ...process.env, ...PYTHON_ENVIRONMENT },
    stdio: ["pipe", log, log],
  });
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("exit", resolve);
  });
  const kill = async () => {
    child.stdin?.destroy();
    await ended;
  };
  signal?.addEventListener("abort", () => void kill());
  const uri = `http://127.0.0.1:${port}`;
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  if (!(await isHealthy(uri, deadlineMs, isRunning))) {
    await kill();
    throw new StepFailure(`The MLflow server at ${uri} does not answer. The end of its log:\n${tail(logPath)}`);
  }
  return { uri, database: join(folder, "mlflow.db"), kill };
}

/** @param {string} uri @param {number} deadlineMs @param {() => boolean} isRunning */
async function isHealthy(uri, deadlineMs, isRunning) {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline && isRunning()) {
    try {
      const { ok } = await fetch(`${uri}/health`, { signal: AbortSignal.timeout(5_000) });
      if (ok) return true;
    } catch {
      // Not yet.
    }
    await pause(200);
  }
  return false;
}

/** @param {string} path */
function tail(path) {
  return readFileSync(path, "utf8").split("\n").slice(-30).join("\n");
}
