/**
 * The context probe and the SDK in Chromium, Firefox and WebKit, and the probe in Node.js: `npm run test:browsers`.
 * A browser that is not installed is skipped; with `TRACEBOOK_REQUIRE_BROWSERS=1` that is a failure.
 */
import type { Browser, BrowserSession } from "../../scripts/browsers/browser";
import { chromium } from "../../scripts/browsers/chromium";
import { within } from "../../scripts/browsers/deadline";
import { firefox } from "../../scripts/browsers/firefox";
import { node } from "../../scripts/browsers/node";
import { endGroupsWithProcess } from "../../scripts/browsers/processes";
import { webkit } from "../../scripts/browsers/webkit";
import { buildPrograms } from "./bundles";
import { inBrowser, inNode, type Result } from "./checks";
import { PageServer } from "./page-server";
import { Receiver } from "./receiver";
import { formatTable } from "./table";

const ONE_ENGINE_MS = 3 * 60_000;
const CLOSE_MS = 20_000;
const ALL_OF_IT_MS = 12 * 60_000;
const HEADER = [
  "engine",
  "version",
  "spans",
  "wrong",
  "wrong (SDK)",
  "worker",
  "worker (SDK)",
  "native",
  "native (SDK)",
];
const required = process.env.TRACEBOOK_REQUIRE_BROWSERS === "1";

endGroupsWithProcess();
setTimeout(() => {
  console.error(`Given up after ${ALL_OF_IT_MS / 60_000} minutes`);
  process.exit(1);
}, ALL_OF_IT_MS).unref();

const pages = new PageServer(await buildPrograms());
const receiver = new Receiver();
await Promise.all([pages.listen(), receiver.listen()]);

/** Runs the checks in one engine and ends it whatever happens. */
async function visit(browser: Browser, check: typeof inBrowser): Promise<Result> {
  const path = await browser.find();
  if (path === undefined) return missing(browser);
  console.log(`\n▸ ${browser.name}`);
  let session: BrowserSession | undefined;
  try {
    session = await browser.launch(path);
    const checks = check(browser.name, { session, pages, receiver });
    return await within(ONE_ENGINE_MS, `All of ${browser.name}`, checks);
  } catch (error) {
    console.error(error);
    return { rows: [[browser.name, session?.version ?? "did not start"]], failures: 1 };
  } finally {
    await within(CLOSE_MS, `The end of ${browser.name}`, session?.close() ?? Promise.resolve()).catch(console.error);
  }
}

function missing({ name, install }: Browser): Result {
  console.log(`\nskipped: ${name} is not installed; to install it on Debian or Ubuntu: ${install}`);
  return { rows: [[name, "skipped"]], failures: required ? 1 : 0 };
}

const results: Result[] = [await visit(node, inNode)];
for (const browser of [chromium, firefox, webkit]) results.push(await visit(browser, inBrowser));
pages.close();
receiver.close();

const failures = results.reduce((sum, result) => sum + result.failures, 0);
console.log(
  `\nWrong parents, by the probe\n\n${formatTable(
    HEADER,
    results.flatMap(({ rows }) => rows),
  )}`,
);
console.log("\nThe sandbox engine is no part of this: tests/e2e/sandbox-engine.spec.ts has it, in Chromium.");
console.log(failures === 0 ? "\nAll checks passed." : `\n${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
