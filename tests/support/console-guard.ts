import { test as base, type ConsoleMessage, expect, type Page, type Request } from "@playwright/test";

/** What went wrong in a page without anybody seeing it: one line each. */
export type Problems = string[];

/** Chromium reports the status of the 404 page as an error of the console; only for that very address is it none. */
function isExpected(message: ConsoleMessage, missing: ReadonlySet<string>): boolean {
  return message.text().includes("status of 404") && missing.has(message.location().url);
}

/** Playwright calls a request failed, too, when a navigation cut it off; that is no fault of the page. */
function isCutOff(request: Request): boolean {
  return request.failure()?.errorText === "net::ERR_ABORTED";
}

/**
 * Notes every console error and warning, uncaught error, failed or refused request and breach of the content security policy.
 * @param missing addresses that are meant to answer 404
 */
export async function watchProblems(page: Page, missing: Iterable<string> = []): Promise<Problems> {
  const problems: Problems = [];
  const expected = new Set(missing);
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type()) || isExpected(message, expected)) return;
    problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    if (!isCutOff(request)) problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !expected.has(response.url()))
      problems.push(`${response.status()}: ${response.url()}`);
  });
  await page.exposeFunction("reportBreach", (text: string) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      Reflect.get(window, "reportBreach")(`${violatedDirective} refused ${blockedURI}`);
    });
  });
  return problems;
}

/** Waits until React has taken the page over, so that what follows happens in a living page. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-has-hydrated", "true");
}

/** Opens a page of the site and waits until it is hydrated and quiet. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "load" });
  await hydrated(page);
  await page.waitForLoadState("networkidle");
}

/** `test` whose `problems` are noted from the start; a test that does not look at them fails all the same when there are any. */
export const test = base.extend<{ missing: string[]; problems: Problems }>({
  missing: [[], { option: true }],
  problems: [
    async ({ page, missing, baseURL }, use) => {
      const problems = await watchProblems(
        page,
        missing.map((path) => new URL(path, baseURL).href),
      );
      await use(problems);
      expect(problems, "problems noted while the page was open").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
