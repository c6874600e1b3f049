import type { Page, Response } from "@playwright/test";
import { MISSING_PAGE, siteFiles, sitePages } from "../support/built-site";
import { expect, test, visit } from "../support/console-guard";

test.use({ missing: [MISSING_PAGE] });

const GUIDE = "/genai/tracing/integrations/listing/anthropic/";

/** What only a reader who wants to run or edit code has to load: the editor, its workers, and the sandbox's bundles. */
const HEAVY = /monaco|(?:ts|editor)\.worker|\/play\/[^?]*\.js/i;

/** Bytes over the wire, compressed, of a guide's first visit with an empty cache. */
const BUDGET = { script: 260_000, stylesheet: 40_000, font: 350_000, document: 60_000 };

/** The addresses that a page asks for, from now on. */
function addresses(page: Page): string[] {
  const urls: string[] = [];
  page.context().on("request", (request) => urls.push(request.url()));
  return urls;
}

/** Whether an address leads to somebody else; `data:` and `blob:` lead nowhere. */
function isForeign(url: string, baseURL: string): boolean {
  const { protocol, origin } = new URL(url);
  return protocol.startsWith("http") || protocol.startsWith("ws") ? origin !== new URL(baseURL).origin : false;
}

for (const path of sitePages()) {
  test(`${path} asks no other host, sets no cookie`, async ({ page, baseURL }) => {
    const urls = addresses(page);
    await visit(page, path);
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.filter((url) => isForeign(url, String(baseURL)))).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });
}

test("the check for other hosts notices one", async ({ page, baseURL, problems }) => {
  const urls = addresses(page);
  // A page without our policy, which would refuse the request before it is made.
  await page.route("**/planted", (route) => route.fulfill({ contentType: "text/html", body: "<title>x</title>" }));
  await page.route("https://example.com/**", (route) => route.fulfill({ body: "" }));
  await page.goto("/planted");
  await page.evaluate(() => fetch("https://example.com/pixel", { mode: "no-cors" }));
  expect(urls.filter((url) => isForeign(url, String(baseURL)))).toEqual(["https://example.com/pixel"]);
  problems.length = 0;
});

/** The compressed size of a body; our server always tells it. */
function transferred(response: Response): number {
  return Number(response.headers()["content-length"]);
}

test("a guide's first visit loads no editor, no sandbox and little else", async ({ page }) => {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await visit(page, GUIDE);
  await page.waitForTimeout(1000);
  expect(responses.map((response) => response.url()).filter((url) => HEAVY.test(url))).toEqual([]);
  const totals: Record<string, number> = {};
  for (const response of responses.filter((each) => each.status() === 200)) {
    const type = response.request().resourceType();
    totals[type] = (totals[type] ?? 0) + transferred(response);
  }
  console.log(`First visit of ${GUIDE}, bytes over the wire:`, totals);
  for (const [type, limit] of Object.entries(BUDGET)) expect(totals[type] ?? 0, type).toBeLessThanOrEqual(limit);
  expect(totals.script).toBeGreaterThan(0);
});

test("the check for heavy files knows their names", async ({ page }) => {
  const heavy = siteFiles().filter((path) => HEAVY.test(path));
  expect(heavy.some((path) => path.startsWith("/play/"))).toBe(true);
  expect(heavy.some((path) => /worker/.test(path))).toBe(true);
  const responses: string[] = [];
  page.on("response", (response) => responses.push(response.url()));
  await visit(page, "/");
  await page.evaluate((path) => fetch(path), String(heavy[0]));
  expect(responses.filter((url) => HEAVY.test(url))).toHaveLength(1);
});
