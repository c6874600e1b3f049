import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.mjs";

const port = Number(process.env.TRACEBOOK_TEST_PORT ?? 3187);

// `npm test` has found, or installed, a browser already; a direct `playwright test` looks for one. Workers inherit the answer.
const executablePath = process.env.CHROMIUM_PATH || (await findBrowser());
if (executablePath) process.env.CHROMIUM_PATH = executablePath;

/** End-to-end tests against the built site. */
export default defineConfig({
  testDir: "tests/e2e",
  timeout: 60_000,
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
  workers: 2,
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: { executablePath },
    trace: "retain-on-failure",
  },
  webServer: {
    command: "node scripts/serve.mjs",
    env: { PORT: String(port), TRACEBOOK_STRICT_PORT: "1" },
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
