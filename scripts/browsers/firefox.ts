import { launch } from "puppeteer-core";
import type { Browser } from "./browser";
import { findProgram } from "./find-program";

const START_MS = 90_000;
const LOAD_MS = 30_000;

/** Firefox, driven by WebDriver BiDi. `FIREFOX_PATH` names another one than that of the search path. */
export const firefox: Browser = {
  name: "Firefox",
  install: "apt-get install firefox-esr",
  find: async () => process.env.FIREFOX_PATH || findProgram(["firefox-esr", "firefox"]),
  async launch(executablePath) {
    const browser = await launch({
      browser: "firefox",
      executablePath,
      headless: true,
      timeout: START_MS,
      protocolTimeout: START_MS,
    });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(`uncaught: ${error instanceof Error ? error.message : error}`));
    return {
      version: (await browser.version()).replace(/^firefox\//i, ""),
      problems,
      cutsRequestsOff: false,
      open: async (url) => void (await page.goto(url, { timeout: LOAD_MS })),
      close: () => browser.close().catch(() => {}),
    };
  },
};
