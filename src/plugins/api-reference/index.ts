import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Options as DocsOptions } from "@docusaurus/plugin-content-docs";
import type { LoadContext, Plugin } from "@docusaurus/types";
import { referenceFingerprint } from "./fingerprint";

/** Where the reference is written to, below the site. */
const OUT_DIR = ".generated/api";

/** The file with the address of every name, for links to them. */
export const API_NAMES = `${OUT_DIR}/names.json`;

const SIDEBARS = `${OUT_DIR}/sidebars.json`;

/**
 * Options of a docs plugin that shows the pages which {@link apiReferencePlugin} writes. Both start at the same time and the
 * docs plugin insists on its folder and sidebars, so this makes them, empty, where there are none.
 */
export function apiDocs(): Partial<DocsOptions> & { id: string } {
  const path = `${OUT_DIR}/pages`;
  mkdirSync(path, { recursive: true });
  if (!existsSync(SIDEBARS)) writeFileSync(SIDEBARS, "{}");
  return { id: "api", path, routeBasePath: "api", sidebarPath: SIDEBARS, breadcrumbs: false };
}

/**
 * Writes the API reference of the TypeScript packages from their docstrings, before any page is read. Does nothing when they
 * have not changed. A docstring that links to nowhere stops the build.
 */
export async function apiReferencePlugin({ siteDir }: LoadContext): Promise<Plugin> {
  await ensureReference(siteDir);
  return {
    name: "tracebook-api-reference",
    getPathsToWatch: () => [join(siteDir, "libs/typescript/**/src/**/*.ts")],
    loadContent: () => ensureReference(siteDir),
  };
}

async function ensureReference(siteDir: string): Promise<void> {
  const outDir = join(siteDir, OUT_DIR);
  const stamp = join(outDir, ".fingerprint");
  const wanted = referenceFingerprint(siteDir);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await generate(siteDir, outDir);
  writeFileSync(stamp, wanted);
}

/** In a process of its own: a program in TypeScript's memory is large, and reading it would hold up everything else. */
function generate(siteDir: string, outDir: string): Promise<void> {
  const command = join(siteDir, "src/plugins/api-reference/command.mts");
  const child = spawn(process.execPath, ["--import", "tsx", command, siteDir, outDir], {
    cwd: siteDir,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error("The API reference could not be written; the reason is above."));
    });
  });
}
