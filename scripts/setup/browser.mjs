// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";
import { run } from "./run.mjs";

/**
 * Everything the search asks of the machine, so that tests can answer for it.
 * @typedef {object} Machine
 * @property {string} platform as in `process.platform`
 * @property {Record<string, string | undefined>} env
 * @property {string} home the user's home folder
 * @property {boolean} isRoot
 * @property {(path: string) => boolean} works whether the program at `path` starts
 * @property {(path: string) => boolean} exists
 * @property {() => Promise<string | undefined>} playwrightBrowser where Playwright's own Chromium is or would be
 * @property {(command: string, args: string[]) => Promise<boolean>} run runs a command, its output streamed; true when it succeeded
 * @property {(line: string) => void} log
 */

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
const WINDOWS_APPS = ["Chromium\\Application\\chrome.exe", "Google\\Chrome\\Application\\chrome.exe"];

/**
 * Places where a system-wide or personal installation would be, best first.
 * @param {Machine} machine
 * @returns {string[]}
 */
export function installedCandidates({ platform, env, home }) {
  if (platform === "win32") {
    const roots = [env.LOCALAPPDATA, env.PROGRAMFILES, env["PROGRAMFILES(X86)"]].filter((root) => root !== undefined);
    return roots.flatMap((root) => WINDOWS_APPS.map((app) => win32.join(root, app)));
  }
  const folders = (env.PATH ?? "").split(":").filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  if (platform !== "darwin") return onPath;
  return [
    ...onPath,
    ...["/Applications", posix.join(home, "Applications")].flatMap((root) =>
      MAC_APPS.map((app) => posix.join(root, app)),
    ),
  ];
}

/** @param {Machine} machine */
function fromEnvironment({ env, works, log }) {
  const path = env.CHROMIUM_PATH;
  if (!path || works(path)) return path || undefined;
  log(`CHROMIUM_PATH is ${path}, but no browser starts there; looking elsewhere`);
  return undefined;
}

/** @param {Machine} machine */
function fromSystem(machine) {
  return installedCandidates(machine).find((path) => machine.exists(path) && machine.works(path));
}

/** @param {Machine} machine */
async function fromPlaywright({ playwrightBrowser, works }) {
  const path = await playwrightBrowser();
  return path && works(path) ? path : undefined;
}

/**
 * A browser that is already on this machine.
 * @param {Machine} [machine]
 * @returns {Promise<string | undefined>} its path
 */
export async function findBrowser(machine = thisMachine()) {
  return fromEnvironment(machine) ?? fromSystem(machine) ?? (await fromPlaywright(machine));
}

/** @param {Machine} machine */
async function installWithPlaywright(machine) {
  machine.log("no Chromium found; trying `playwright install chromium`");
  const cli = join("node_modules", "@playwright", "test", "cli.js");
  return (await machine.run(process.execPath, [cli, "install", "chromium"])) ? fromPlaywright(machine) : undefined;
}

/** @param {Machine} machine */
async function installWithApt(machine) {
  if (machine.platform !== "linux" || !machine.isRoot || !machine.exists("/usr/bin/apt-get")) return undefined;
  machine.log("trying `apt-get install chromium`");
  await machine.run("apt-get", ["update", "-qq"]);
  await machine.run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  return fromSystem(machine);
}

export const NO_BROWSER = `No Chromium could be found or installed. Any one of these helps:
  - install Chromium or Google Chrome
  - npx playwright install --with-deps chromium
  - set CHROMIUM_PATH to the program of a Chromium-based browser`;

/**
 * A browser, installed if need be.
 * @param {Machine} [machine]
 * @returns {Promise<string>} its path
 * @throws {Error} with advice when there is none and none can be installed
 */
export async function ensureBrowser(machine = thisMachine()) {
  const path =
    (await findBrowser(machine)) ?? (await installWithPlaywright(machine)) ?? (await installWithApt(machine));
  if (path === undefined) throw new Error(NO_BROWSER);
  machine.log(`using ${path}`);
  return path;
}

/** @param {string} path */
function starts(path) {
  if (!existsSync(path)) return false;
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}

async function playwrightBrowser() {
  try {
    const { chromium } = await import("@playwright/test");
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @returns {Machine} */
export function thisMachine() {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    works: starts,
    exists: existsSync,
    playwrightBrowser,
    run: async (command, args) => (await run(command, args, { env: { DEBIAN_FRONTEND: "noninteractive" } })) === 0,
    log: (line) => console.error(`  ${line}`),
  };
}
