import type { Page } from "@playwright/test";
import { MISSING_PAGE, sitePages } from "../support/built-site";
import { expect, test, visit } from "../support/console-guard";

const [NARROWEST, WIDEST, STEP] = [320, 1440, 40];
const WIDTHS = Array.from({ length: (WIDEST - NARROWEST) / STEP + 1 }, (_, index) => NARROWEST + index * STEP);

test.use({ missing: [MISSING_PAGE], contextOptions: { reducedMotion: "reduce" } });

/**
 * How far the page can be scrolled sideways and, to find the cause, which elements stick out on the right
 * though no box around them scrolls or clips; none when all fits.
 */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    const width = document.documentElement.clientWidth;
    const excess = root.scrollWidth - width;
    if (excess <= 0) return [];
    const isLoose = (element: Element) => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return false;
      }
      return element.getBoundingClientRect().right > width + 0.5;
    };
    const name = (element: Element) => `${element.localName}.${String(element.getAttribute("class")).slice(0, 60)}`;
    return [`${excess} px too wide`, ...[...document.body.querySelectorAll("*")].filter(isLoose).slice(0, 5).map(name)];
  });
}

/** What does not fit, at each width where something does not. */
async function overflows(page: Page): Promise<Record<number, string[]>> {
  const found: Record<number, string[]> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const excess = await overflow(page);
    if (excess.length > 0) found[width] = excess;
  }
  return found;
}

for (const path of sitePages()) {
  test(`${path} fits every width from ${NARROWEST} to ${WIDEST} px`, async ({ page }) => {
    await visit(page, path);
    expect(await overflows(page)).toEqual({});
  });
}

test("a box that is too wide for phones is noticed there, and only there", async ({ page }) => {
  await visit(page, "/");
  await page.evaluate(() => {
    const box = document.createElement("div");
    box.className = "planted";
    box.style.cssText = "width: 500px; height: 1px";
    document.body.append(box);
  });
  const found = await overflows(page);
  expect(Object.keys(found).map(Number)).toEqual(WIDTHS.filter((width) => width < 500));
  expect(found[320]).toEqual(["180 px too wide", "div.planted"]);
});
