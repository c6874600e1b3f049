import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { MISSING_PAGE, sitePages } from "../support/built-site";
import { expect, test, visit } from "../support/console-guard";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

/**
 * The details of a span have the same name in every playground, so that tests and readers find them by it. Each lies in a
 * region with a name of its own; axe looks at the inner name alone.
 */
const NOT_APPLIED = ["landmark-unique"];

/** What axe finds, one line for each place: rule, where, and why. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page })
    .withTags(RULES)
    .disableRules(NOT_APPLIED)
    .analyze();
  expect(passes.length, "rules that axe applied").toBeGreaterThan(10);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
  );
}

test.use({ missing: [MISSING_PAGE], contextOptions: { reducedMotion: "reduce" } });

for (const path of sitePages()) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(() => {
      test.use({ colorScheme });

      for (const viewport of SIZES) {
        test.describe(() => {
          test.use({ viewport });

          test(`${path}, ${colorScheme}, ${viewport.width} px`, async ({ page }) => {
            await visit(page, path);
            await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
            expect(await violations(page)).toEqual([]);
          });
        });
      }
    });
  }
}

test("axe notices a picture without a text, a button without a name and faint text", async ({ page }) => {
  await visit(page, "/");
  await page.evaluate(() => {
    const main = document.querySelector("main") ?? document.body;
    const faint = Object.assign(document.createElement("p"), { textContent: "faint" });
    faint.style.cssText = "color: #999; background: #aaa";
    const picture = Object.assign(document.createElement("img"), {
      src: "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    });
    main.append(faint, picture, document.createElement("button"));
  });
  const found = (await violations(page)).map((line) => line.split(":")[0]);
  expect(found).toEqual(expect.arrayContaining(["color-contrast", "image-alt", "button-name"]));
});
