import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { buildBundles } from "@tracebook/playground/bundles";
import { lower } from "@tracebook/playground/lowering";
import { FRAME_SCRIPT } from "@tracebook/playground/sandbox";
import { build } from "esbuild";
import ts from "typescript";
import { siteHeaders } from "../../src/plugins/headers/policy";

/** Everything the harness page is made of, built once. */
export interface Harness {
  readonly script: string;
  readonly manifest: Awaited<ReturnType<typeof buildBundles>>;
  readonly bundleDir: string;
}

export async function buildHarness(): Promise<Harness> {
  const bundleDir = mkdtempSync(join(tmpdir(), "tracebook-sandbox-"));
  const manifest = await buildBundles(bundleDir, "sandbox", "/harness/play/");
  const { outputFiles } = await build({
    entryPoints: ["tests/support/sandbox-harness.ts"],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    conditions: ["mlflow-source"],
  });
  const script = `globalThis.manifest = ${JSON.stringify(manifest)};\n${outputFiles[0]?.text}`;
  return { script, manifest, bundleDir };
}

/** Opens the harness under the site's own headers, with the compiler on this side. */
export async function openHarness(page: Page, harness: Harness): Promise<void> {
  const headers = siteHeaders([FRAME_SCRIPT]);
  await page.exposeFunction("compileInNode", (path: string, source: string, entry: boolean) =>
    lower(ts, path, source, { entry }),
  );
  await page.route("**/harness/**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/harness/") {
      const body = `<!doctype html><title>Harness</title><body><script src="/harness/main.js"></script>`;
      return route.fulfill({ headers, contentType: "text/html", body });
    }
    const isMain = pathname === "/harness/main.js";
    const body = isMain
      ? harness.script
      : readFileSync(join(harness.bundleDir, pathname.replace("/harness/play/", "")));
    return route.fulfill({ headers, contentType: "text/javascript", body });
  });
  await page.goto("/harness/");
}
