import { expect, type Page, test } from "@playwright/test";
import { LOWERED_SYNTAX } from "@tracebook/playground/bundles";
import { type BuildOptions, build } from "esbuild";

interface ProbeWindow {
  probe(): Promise<{ spans: number; wrong: number; kinds: string[] }>;
}

/** Bundles the probe and runs it in a page. */
async function runProbe(page: Page, options: BuildOptions) {
  const { outputFiles } = await build({
    entryPoints: ["tests/support/context-probe.ts"],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    conditions: ["mlflow-source"],
    ...options,
  });
  await page.route("**/probe/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Probe</title>" }),
  );
  await page.goto("/probe/");
  await page.addScriptTag({ content: outputFiles?.[0]?.text ?? "" });
  return page.evaluate(() => (globalThis as unknown as ProbeWindow).probe());
}

test("lowered code keeps its context over every kind of asynchronous call", async ({ page }) => {
  expect(await runProbe(page, LOWERED_SYNTAX)).toEqual({ spans: 195, wrong: 0, kinds: [] });
});

test("the probe notices native async functions, which lose it", async ({ page }) => {
  const { wrong } = await runProbe(page, { target: "es2022" });
  expect(wrong).toBeGreaterThan(100);
});
