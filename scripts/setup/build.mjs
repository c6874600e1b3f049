// @ts-check
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { ROOT, runPackage } from "./run.mjs";
import { expectSuccess, step } from "./steps.mjs";

/** Where the site is built to. */
export const BUILD = join(ROOT, "build");

/** Docusaurus empties the folder first, so an interrupted build leaves no stamp behind. The server never serves dotfiles. */
const STAMP = ".fingerprint";

/**
 * Why a build is needed.
 * @param {string} build
 * @param {string} inputs the fingerprint of the sources
 * @returns {string | undefined} undefined when the build is up to date
 */
export function buildReason(build, inputs) {
  if (!existsSync(join(build, "index.html"))) return "the site has not been built yet";
  const stamp = join(build, STAMP);
  if (!existsSync(stamp)) return "build/ does not say what it was built from";
  return readFileSync(stamp, "utf8") === inputs ? undefined : "the sources changed since the last build";
}

/** Builds the site unless `build/` was built from just these sources. */
export async function ensureBuilt() {
  await step("Build: docusaurus build", async () => {
    const inputs = fingerprint(ROOT);
    const reason = buildReason(BUILD, inputs);
    if (reason === undefined) {
      console.log("  build/ is up to date: it was built from just these sources");
      return;
    }
    console.log(`  ${reason}; this takes a minute or two`);
    // The bundler's persistent cache does not notice a changed plugin and would serve a stale bundle.
    const env = { DOCUSAURUS_NO_PERSISTENT_CACHE: "1" };
    const exit = runPackage("@docusaurus/core/bin/docusaurus.mjs", ["build"], { env });
    await expectSuccess(exit, "The site could not be built; the reason is above.");
    writeFileSync(join(BUILD, STAMP), inputs);
  });
}
