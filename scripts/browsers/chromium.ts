import { chromium as engine } from "playwright";
import { findBrowser } from "../setup/browser.mjs";
import type { Browser } from "./browser";

const START_MS = 60_000;
const LOAD_MS = 30_000;

/** Chromium or Chrome, as the end-to-end tests find it. */
export const chromium: Browser = {
  name: "Chromium",
  install: "apt-get install chromium",
  find: findBrowser,
  async launch(executablePath) {
    const browser = await engine.launch({ executablePath, timeout: START_MS });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
    return {
      version: browser.version(),
      problems,
      cutsRequestsOff: true,
      open: async (url) => void (await page.goto(url, { timeout: LOAD_MS })),
      close: () => browser.close().catch(() => {}),
    };
  },
};
