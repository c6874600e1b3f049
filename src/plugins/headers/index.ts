import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Plugin } from "@docusaurus/types";
// Tells the bundler's configuration type of `devServer`.
import type {} from "webpack-dev-server";
import { headerRules, renderHeaderFile } from "./header-file";
import { inlineScripts } from "./inline-scripts";
import { ISOLATION_HEADERS } from "./policy";

export interface HeadersOptions {
  /** Texts of inline scripts that are in no built page but run in one, such as that of the frame around the sandbox. */
  readonly inlineScripts?: readonly string[];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function scriptsOf(page: string): Promise<string[]> {
  try {
    return inlineScripts(await readFile(page, "utf8"));
  } catch (error) {
    throw new Error(`Cannot tell the inline scripts of ${page}`, { cause: error });
  }
}

/**
 * Writes `_headers` for a built site: its pages are searched for inline scripts, and only these and the extra ones may run.
 *
 * @param folder the built site
 * @param extraScripts texts of further inline scripts
 * @throws {Error} when a page cannot be understood or a static host would not take the headers
 */
export async function writeHeaderFile(folder: string, extraScripts: readonly string[]): Promise<void> {
  const files = await filesBelow(folder);
  const found = await Promise.all(files.filter((file) => file.endsWith(".html")).map(scriptsOf));
  const paths = files.map((file) => `/${relative(folder, file).split(sep).join("/")}`);
  const rules = headerRules([...extraScripts, ...found.flat()], paths);
  await writeFile(join(folder, "_headers"), renderHeaderFile(rules));
}

/**
 * Serves the site with the headers of `policy.ts`: in development the isolating ones, in a build all, by `_headers`.
 * @example plugins: [headersPlugin({ inlineScripts: [FRAME_SCRIPT] })]
 */
export function headersPlugin(options: HeadersOptions = {}): () => Plugin {
  return () => ({
    name: "tracebook-headers",
    configureWebpack: (_config, isServer) => (isServer ? undefined : { devServer: { headers: ISOLATION_HEADERS } }),
    postBuild: ({ outDir }) => writeHeaderFile(outDir, options.inlineScripts ?? []),
  });
}
