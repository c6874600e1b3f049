import { defineConfig } from "@playwright/test";

const port = Number(process.env.TRACEBOOK_TEST_PORT ?? 3187);

/** End-to-end tests against the built site, in the Chromium that `scripts/browser.mjs` found or installed. */
export default defineConfig({
  testDir: "tests/e2e",
  timeout: 30_000,
  fullyParallel: true,
  workers: 2,
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: { executablePath: process.env.CHROMIUM_PATH },
    trace: "retain-on-failure",
  },
  webServer: {
    command: "node scripts/serve.mjs",
    env: { PORT: String(port), TRACEBOOK_STRICT_PORT: "1" },
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
