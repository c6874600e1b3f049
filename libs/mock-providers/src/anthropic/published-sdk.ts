import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type Sdk from "@anthropic-ai/sdk";
import { build } from "esbuild";

/** The published SDK, unmodified, bundled for browsers: the form in which the playground runs it. For tests only. */
export async function loadPublishedSdk(): Promise<typeof Sdk> {
  const directory = await mkdtemp(join(tmpdir(), "anthropic-sdk-"));
  const outfile = join(directory, "sdk.mjs");
  await build({
    entryPoints: ["@anthropic-ai/sdk"],
    absWorkingDir: import.meta.dirname,
    bundle: true,
    format: "esm",
    platform: "browser",
    outfile,
    logLevel: "silent",
  });
  const module: { default: typeof Sdk } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
  await rm(directory, { recursive: true });
  return module.default;
}
