// @ts-check
// Written so that even a very old Node can read it: no imports, no new syntax.

/** The oldest major version of Node that the project runs on; `engines` in package.json says the same. */
export const OLDEST_NODE = 20;

/**
 * Why `version` is too old, or an empty text when it will do.
 * @param {string} version as in `process.versions.node`, e.g. `18.19.1`
 */
export function nodeProblem(version) {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return "";
  return `Tracebook needs Node.js ${OLDEST_NODE} or newer; this is ${version}. See https://nodejs.org/`;
}

/** Ends the process with a clear message when this Node is too old. */
export function requireNode() {
  const problem = nodeProblem(process.versions.node);
  if (problem === "") return;
  console.error(problem);
  process.exit(1);
}
