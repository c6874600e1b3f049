// @ts-check
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StepFailure } from "../setup/steps.mjs";
import { askPython } from "./python.mjs";

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));
/** What pip says when it reaches no index, or one that has nothing. */
const UNREACHABLE =
  /NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Max retries exceeded|name resolution|\(from versions: none\)/;

/** The tests cannot be run here, for a reason that is no fault of theirs. */
export class CannotRun extends Error {}

/** The version that the requirements ask for. */
export function wantedVersion(requirements = readFileSync(REQUIREMENTS, "utf8")) {
  const version = /^mlflow==([\w.]+)$/m.exec(requirements)?.[1];
  if (version === undefined) throw new Error("requirements.txt does not pin mlflow.");
  return version;
}

/**
 * The folder of the virtual environment: `TRACEBOOK_MLFLOW_ENV`, else one in the user's cache.
 * @param {Record<string, string | undefined>} env
 */
export function environmentFolder(env, version = wantedVersion()) {
  if (env.TRACEBOOK_MLFLOW_ENV) return env.TRACEBOOK_MLFLOW_ENV;
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "tracebook", `mlflow-${version}`);
}

/** @param {string} folder */
function pythonOf(folder) {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** @param {string} python */
function installedVersion(python) {
  return existsSync(python)
    ? askPython(python, "import importlib.metadata as m; print(m.version('mlflow'))")
    : undefined;
}

/**
 * Whether what pip printed means that it had no network, and not that something is wrong.
 * @param {string} output
 */
export function lacksNetwork(output) {
  return UNREACHABLE.test(output);
}

/**
 * Makes the virtual environment with the pinned MLflow unless it is there already.
 * @param {string} python any Python that is new enough
 * @param {string} folder
 * @returns {Promise<string>} its Python
 * @throws {CannotRun} when this Python makes no environments, or there is no network to install from
 * @throws {StepFailure} when the installation fails for another reason
 */
export async function ensureEnvironment(python, folder) {
  const own = pythonOf(folder);
  if (installedVersion(own) === wantedVersion()) return own;
  if (!existsSync(own)) await createEnvironment(python, folder);
  console.log(`  installing MLflow ${wantedVersion()} in ${folder}, which takes a minute or two`);
  const options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  const { code, output } = await capture(own, ["-m", "pip", "install", ...options, "-r", REQUIREMENTS]);
  if (code === 0) return own;
  if (lacksNetwork(output)) throw new CannotRun(`MLflow ${wantedVersion()} cannot be installed without a network`);
  throw new StepFailure(`pip could not install MLflow:\n${output}`);
}

/** @param {string} python @param {string} folder */
async function createEnvironment(python, folder) {
  mkdirSync(dirname(folder), { recursive: true });
  const { code, output } = await capture(python, ["-m", "venv", folder]);
  if (code === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new CannotRun(`${python} makes no virtual environment: ${output.trim().split("\n").at(-1)}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function capture(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}
