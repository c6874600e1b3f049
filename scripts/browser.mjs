// @ts-check
/**
 * Finds a Chromium for the end-to-end tests, installs one where there is none, and prints its path: `node scripts/browser.mjs`.
 *
 * Order: `CHROMIUM_PATH`, an installed Chromium or Chrome, the one Playwright keeps, `playwright install chromium`, and, for
 * root on a Debian-like system, `apt-get install chromium`.
 */
import { requireNode } from "./setup/node-version.mjs";

requireNode();
import("./setup/browser.mjs").then(async ({ ensureBrowser }) => {
  try {
    console.log(await ensureBrowser());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
});
