import { expect, type Page, test } from "@playwright/test";
import { CONFORMANCE_CASES } from "@tracebook/playground/conformance";
import { buildHarness, type Harness, openHarness } from "../support/sandbox-page";
import type { HarnessWindow } from "../support/sandbox-harness";

let harness: Harness;
test.beforeAll(async () => {
  harness = await buildHarness();
});

const evaluateCase = (page: Page, name: string) =>
  page.evaluate((wanted) => (globalThis as unknown as HarnessWindow).runConformance(wanted), name);

test.describe("conformance", () => {
  for (const { name, skip } of CONFORMANCE_CASES) {
    test(name, async ({ page }) => {
      test.skip(skip?.sandbox !== undefined, skip?.sandbox);
      await openHarness(page, harness);
      expect(await evaluateCase(page, name)).toEqual([]);
    });
  }
});

test("a hundred runs and kills leave one frame behind and no more", async ({ page }) => {
  test.setTimeout(120_000);
  await openHarness(page, harness);
  for (let run = 0; run < 20; run += 1) {
    expect(await evaluateCase(page, "unicode")).toEqual([]);
    expect(await evaluateCase(page, "the next run starts afresh")).toEqual([]);
  }
  expect(await page.locator("iframe").count()).toBe(1);
  expect(page.frames()).toHaveLength(2);
});
