/**
 * Figures, each beside a peer or a floor that was measured in the same run: `npm run bench`.
 * Serves `build/` (run `npm start` or `npx docusaurus build` first) and drives a headless Chromium.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chromium } from "playwright";
import { ensureBrowser } from "../scripts/setup/browser.mjs";
import { formatFigures } from "./figures";
import { measureFloor, measureWarmRun } from "./playground";

const PORT = 3197;

const server = spawn(process.execPath, ["scripts/serve.mjs"], {
  env: { ...process.env, PORT: String(PORT), TRACEBOOK_STRICT_PORT: "1" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  await once(server.stdout, "data");
  const browser = await chromium.launch({ executablePath: await ensureBrowser() });
  const page = await browser.newPage({ baseURL: `http://localhost:${PORT}` });
  const floor = await measureFloor(page);
  const warmRun = await measureWarmRun(page);
  console.log(formatFigures("floor: worker → port → rows", floor));
  console.log(formatFigures("warm Run → trace in the DOM", warmRun));
  console.log(`ratio of the medians: ${(warmRun.median / floor.median).toFixed(1)}`);
  await browser.close();
} finally {
  server.kill();
}
