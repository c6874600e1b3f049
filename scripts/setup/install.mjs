// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT, run } from "./run.mjs";
import { expectSuccess, step } from "./steps.mjs";

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/**
 * The packages that a lock file asks for and an installation lacks or has in another version.
 * Optional ones are left out: they depend on the platform.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, where npm notes what it has installed
 * @returns {string[]} their places, e.g. `node_modules/react`
 */
export function missingPackages(wanted, installed) {
  const present = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {})
    .filter(([place]) => place.includes("node_modules/"))
    .filter(([, { optional, devOptional }]) => !optional && !devOptional)
    .filter(([place, { version }]) => present[place] === undefined || present[place].version !== version)
    .map(([place]) => place);
}

/** @param {string} path @returns {Lock | undefined} */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * What is to be done so that `root` has its packages.
 * @param {string} root
 * @returns {{ npm: string[], reason: string } | undefined} npm's arguments and why; undefined when all are there
 */
export function neededInstallation(root) {
  const lock = readLock(join(root, "package-lock.json"));
  const installed = readLock(join(root, "node_modules", ".package-lock.json"));
  if (lock === undefined) {
    return installed ? undefined : { npm: ["install"], reason: "nothing is installed yet and there is no lock file" };
  }
  if (installed === undefined) return { npm: ["ci"], reason: "nothing is installed yet" };
  const missing = missingPackages(lock, installed);
  if (missing.length === 0) return undefined;
  return { npm: ["install"], reason: `${missing.length} packages changed since, e.g. ${missing[0]}` };
}

/**
 * How to start npm: the very npm that runs us where there is one, else the one on the path.
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(env, platform) {
  const self = env.npm_execpath;
  if (self && basename(self) === "npm-cli.js" && existsSync(self))
    return { command: process.execPath, args: [self], shell: false };
  // On Windows npm is a batch file, which only a shell can start.
  return { command: "npm", args: [], shell: platform === "win32" };
}

/** Installs the packages when some are missing; needs the network only then. */
export async function ensureInstalled() {
  const needed = neededInstallation(ROOT);
  if (needed === undefined) return;
  const { command, args, shell } = npmCommand(process.env, process.platform);
  await step(`Install: npm ${needed.npm[0]}`, async () => {
    console.log(`  ${needed.reason}; this takes a minute or two`);
    const npm = (/** @type {string[]} */ ...words) =>
      run(command, [...args, ...words, "--no-fund", "--no-audit"], { shell });
    let exit = await npm(...needed.npm);
    if (exit !== 0 && needed.npm[0] === "ci") {
      console.log("  npm ci failed; trying npm install, which may take other versions than the lock file names");
      exit = await npm("install", "--no-save");
    }
    await expectSuccess(
      Promise.resolve(exit),
      `npm ${needed.npm[0]} failed; the reason is above: an unreachable registry, say, or a lock file that does not fit package.json.`,
    );
  });
}
