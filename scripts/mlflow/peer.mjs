// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../setup/run.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { PYTHON_ENVIRONMENT } from "./server.mjs";

const PROGRAM = join(ROOT, "tests", "mlflow", "python", "peer.py");

/**
 * Starts the Python client that the tests talk to. It ends with our end of its standard input.
 * @param {string} python a Python that has MLflow
 * @param {string} trackingUri
 * @param {AbortSignal} signal ends it
 * @returns {Promise<{ uri: string }>}
 * @throws {StepFailure} when it ends before it is ready
 */
export async function startPeer(python, trackingUri, signal) {
  const child = spawn(python, [PROGRAM], {
    env: { ...process.env, ...PYTHON_ENVIRONMENT, MLFLOW_TRACKING_URI: trackingUri },
    stdio: ["pipe", "pipe", "inherit"],
  });
  signal.addEventListener("abort", () => void child.kill());
  for await (const line of createInterface(child.stdout)) {
    return { uri: `http://127.0.0.1:${Number(line)}` };
  }
  throw new StepFailure("The Python client did not start; see above.");
}
