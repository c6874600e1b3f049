// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Everything the site is built from, relative to the checkout. */
export const BUILD_INPUTS = [
  "docs",
  "blog",
  "src",
  "static",
  "libs",
  "examples",
  "docusaurus.config.ts",
  "sidebars.ts",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.base.json",
];

const NOT_INPUTS = new Set(["node_modules", "dist", "build", "coverage"]);

/** @param {string} name */
function isInput(name) {
  return !NOT_INPUTS.has(name) && !name.startsWith(".") && !/\.test\.tsx?$/.test(name);
}

/**
 * The files at or below `path`, sorted, so that their order never depends on the file system.
 * @param {string} root
 * @param {string} path relative to root, with forward slashes
 * @returns {string[]}
 */
function filesBelow(root, path) {
  const info = statSync(join(root, path), { throwIfNoEntry: false });
  if (info?.isFile()) return [path];
  if (!info?.isDirectory()) return [];
  const names = readdirSync(join(root, path)).filter(isInput).sort();
  return names.flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/**
 * A hash of the names and contents of all inputs: equal hashes mean that a build would come out the same.
 * @param {string} root
 * @param {readonly string[]} [inputs] files and folders relative to root; absent ones count as absent
 * @returns {string} 64 hexadecimal digits
 */
export function fingerprint(root, inputs = BUILD_INPUTS) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => filesBelow(root, input))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
