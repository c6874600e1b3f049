import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

const port = Number(process.env.TRACEBOOK_TEST_PORT ?? 3187);

// `npm test` has found, or installed, a browser already; a direct `playwright test` does so here, once for all its workers.
process.env.CHROMIUM_PATH ||= execFileSync(process.execPath, ["scripts/browser.mjs"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
}).trim();

/** End-to-end tests against the built site. */
export default defineConfig({
  testDir: "tests/e2e",
  timeout: 90_000,
  fullyParallel: true,
  forbidOnly: process.env.CI === "true",
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
