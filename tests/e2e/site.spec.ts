import { MISSING_PAGE, sitePages } from "../support/built-site";
import { expect, test, visit } from "../support/console-guard";

test.describe("every page opens without a complaint", () => {
  test.use({ missing: [MISSING_PAGE] });

  for (const path of sitePages()) {
    test(path, async ({ page }) => {
      await visit(page, path);
      await expect(page.locator("h1").first()).toBeVisible();
      await expect(page).toHaveTitle(/\S/);
    });
  }
});

test.describe("every page can be read without scripts", () => {
  test.use({ javaScriptEnabled: false, missing: [MISSING_PAGE] });

  for (const path of sitePages()) {
    test(path, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator("main h1").first()).toBeVisible();
    });
  }
});

test("a page keeps working under every name that leads to it", async ({ page, baseURL }) => {
  const [path = "/"] = sitePages().filter((each) => each !== "/" && each !== MISSING_PAGE);
  const bare = path.replace(/\/$/, "");
  for (const name of [bare, `${bare}/`, `${bare}/index.html`, `${bare}?from=mail`]) {
    await visit(page, name);
    expect(new URL(page.url()).pathname).toBe(`${bare}/`);
    expect(page.url().startsWith(String(baseURL))).toBe(true);
    await expect(page.locator("h1")).toHaveCount(1);
  }
});

test("a page that does not exist says so with status 404 and leads back", async ({ page, problems }) => {
  const response = await page.goto(MISSING_PAGE);
  expect(response?.status()).toBe(404);
  await expect(page.locator('main a[href="/"], .navbar a[href="/"]').first()).toBeVisible();
  // The guard has not been told that this address is missing: it must have noticed.
  expect(problems.join("\n")).toContain("404");
  problems.length = 0;
});

test.describe("the guard notices", () => {
  const faults: [name: string, cause: () => void, sign: RegExp][] = [
    ["a console error", () => console.error("planted error"), /console error: planted error/],
    ["a console warning", () => console.warn("planted warning"), /console warning: planted warning/],
    [
      "an uncaught error",
      () =>
        void setTimeout(() => {
          throw new Error("planted throw");
        }),
      /uncaught: planted throw/,
    ],
    [
      "a rejection nobody handles",
      () => void Promise.reject(new Error("planted rejection")),
      /uncaught: planted rejection/,
    ],
    ["a missing file", () => void fetch("/planted.json"), /404: .*planted\.json/],
    [
      "an inline script",
      () => {
        const script = document.createElement("script");
        script.textContent = "window.planted = true";
        document.body.append(script);
      },
      /policy: script-src/,
    ],
    [
      "a request to another host",
      () => void fetch("https://example.com/planted").catch(() => undefined),
      /policy: connect-src/,
    ],
    [
      "an event handler in an attribute",
      () => {
        document.body.setAttribute("onclick", "window.planted = true");
        document.body.click();
      },
      /policy: script-src/,
    ],
  ];

  for (const [name, cause, sign] of faults) {
    test(name, async ({ page, problems }) => {
      await visit(page, "/");
      expect(problems).toEqual([]);
      await page.evaluate(cause);
      await expect.poll(() => problems.join("\n")).toMatch(sign);
      expect(await page.evaluate(() => "planted" in window)).toBe(false);
      problems.length = 0;
    });
  }
});
