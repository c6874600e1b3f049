import { expect, type Page, test } from "@playwright/test";
import { CONFORMANCE_CASES } from "@tracebook/playground/conformance";
import type { HarnessWindow } from "../support/sandbox-harness";
import { buildHarness, type Harness, openHarness } from "../support/sandbox-page";

let harness: Harness;
let shared: Page;
test.beforeAll(async ({ browser }) => {
  harness = await buildHarness();
  shared = await browser.newPage();
  await openHarness(shared, harness);
});
test.afterAll(() => shared.close());

const evaluateCase = (page: Page, name: string) =>
  page.evaluate((wanted) => (globalThis as unknown as HarnessWindow).runConformance(wanted), name);

test.describe("conformance", () => {
  for (const { name, skip } of CONFORMANCE_CASES) {
    test(name, async () => {
      test.skip(skip?.sandbox !== undefined, skip?.sandbox);
      expect(await evaluateCase(shared, name)).toEqual([]);
    });
  }
});

test("forty runs in a row leave one frame behind and no more", async ({ page }) => {
  await openHarness(page, harness);
  for (let run = 0; run < 20; run += 1) {
    expect(await evaluateCase(page, "unicode")).toEqual([]);
    expect(await evaluateCase(page, "the next run starts afresh")).toEqual([]);
  }
  expect(await page.locator("iframe").count()).toBe(1);
  expect(page.frames()).toHaveLength(2);
});
