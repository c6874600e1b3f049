// @ts-check
import { spawnSync } from "node:child_process";

/** The oldest Python that MLflow 3.17 runs on. */
const OLDEST = /** @type {const} */ ([3, 10]);
const NAMES = ["python3", "python"];

/**
 * Whether `version`, e.g. `3.11.7`, is new enough.
 * @param {string} version
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version
    .trim()
    .split(".")
    .map((part) => Number.parseInt(part, 10));
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * What a Python program prints; undefined when it fails, takes longer than a minute, or there is no such Python.
 * @param {string} python
 * @param {string} program
 */
export function askPython(python, program) {
  const { status, stdout } = spawnSync(python, ["-c", program], { encoding: "utf8", timeout: 60_000 });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * A Python 3.10 or newer on the path.
 * @param {(python: string) => string | undefined} versionOf
 * @returns {string | undefined}
 */
export function findPython(
  versionOf = (python) => askPython(python, "import platform; print(platform.python_version())"),
) {
  return NAMES.find((name) => isNewEnough(versionOf(name) ?? ""));
}
