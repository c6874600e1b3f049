// @ts-check
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What every child sees besides our own environment: nothing asks, nothing looks for updates, nothing phones home. */
export const QUIET_ENVIRONMENT = {
  NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
  npm_config_fund: "false",
  npm_config_audit: "false",
};

/** Signals that end us; a running child gets them too, so that none is left behind. */
const ENDINGS = /** @type {const} */ (["SIGINT", "SIGTERM"]);

/**
 * Runs a command in the checkout with its output streamed and nothing on its standard input.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean }} [options]
 * @returns {Promise<number>} the exit code; 127 when the command could not be started, 128 when a signal ended it
 */
export function run(command, args, { env = {}, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      shell,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...QUIET_ENVIRONMENT, ...env },
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of ENDINGS) process.on(signal, forward);
    const finish = (/** @type {number} */ code) => {
      for (const signal of ENDINGS) process.off(signal, forward);
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`  ${command}: ${error.message}`);
      finish(127);
    });
    child.on("close", (code) => finish(code ?? 128));
  });
}

/**
 * Runs a JavaScript program of an installed package with this very Node, which works alike on every platform.
 * @param {string} script path of the program below node_modules
 * @param {string[]} args
 * @param {{ env?: Record<string, string> }} [options]
 */
export function runPackage(script, args, options) {
  return run(process.execPath, [`node_modules/${script}`, ...args], options);
}
