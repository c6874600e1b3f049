import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import type { BundleAsset, BundleManifest } from "./manifest";
import { MODULE_TABLE, SERVICE_TABLE } from "./table";

export type Platform = "sandbox" | "node";

const SOURCES = resolve(fileURLToPath(import.meta.url), "../..");

/**
 * In a worker nothing keeps context over a native `await`, so every async function is lowered to generators there.
 * The rest of the syntax stays modern: smaller than an older target.
 */
export const LOWERED_SYNTAX: BuildOptions = {
  target: "es2022",
  supported: { "async-await": false, "async-generator": false, "for-await": false },
};

const SETTINGS: Readonly<Record<Platform, BuildOptions & { readonly entry: string }>> = {
  sandbox: {
    ...LOWERED_SYNTAX,
    platform: "browser",
    conditions: ["mlflow-source", "worker", "browser", "module"],
    minify: true,
    entry: "worker.ts",
  },
  node: { target: "node20", platform: "node", conditions: ["mlflow-source"], minify: false, entry: "child.ts" },
};

/**
 * Builds the runtime, every module and every mocked service as a classic script of its own.
 * `outDir` is emptied first; file names carry a hash of the content, so that they can be cached for ever.
 *
 * @returns the manifest; its URLs are `publicPath` + file name.
 */
export async function buildBundles(outDir: string, platform: Platform, publicPath: string): Promise<BundleManifest> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const emit = (name: string, code: string) => writeAsset(outDir, publicPath, name, code);
  const { entry, ...settings } = SETTINGS[platform];

  const runtime = await bundle(settings, { entryPoints: [join(SOURCES, "runtime", entry)], format: "iife" });
  const modules: Record<string, BundleAsset> = {};
  for (const [name, { from, requires }] of Object.entries(MODULE_TABLE)) {
    modules[name] = emit(
      name,
      defineModule(name, await bundleExports(settings, `export * from "${from}";${defaultExport(from)}`, requires)),
    );
  }
  const services: Record<string, BundleAsset> = {};
  for (const [name, { from, factory, warmUp }] of Object.entries(SERVICE_TABLE)) {
    const contents = `export { ${factory} as createService } from "${from}"; export { warmUp } from "${warmUp}";`;
    const code = await bundleExports(settings, contents, []);
    services[name] = emit(`service-${name}`, defineModule(`service:${name}`, code));
  }
  return { runtime: emit("runtime", runtime), modules, services };
}

/** `export *` leaves the default export out; packages that have one are listed here by what programs import. */
function defaultExport(from: string): string {
  return from === "@anthropic-ai/sdk" ? `export { default } from "${from}";` : "";
}

async function bundle(settings: BuildOptions, options: BuildOptions): Promise<string> {
  const result = await build({
    bundle: true,
    write: false,
    legalComments: "none",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    ...settings,
    ...options,
  });
  const [file] = result.outputFiles ?? [];
  if (!file) throw new Error("The bundler gave no output.");
  return file.text;
}

function bundleExports(settings: BuildOptions, contents: string, external: readonly string[]): Promise<string> {
  return bundle(settings, {
    stdin: { contents, resolveDir: SOURCES, loader: "ts" },
    format: "cjs",
    external: [...external],
    // The bundler would otherwise mark the exports for Node's static analysis, which nothing reads here.
    footer: { js: "" },
  });
}

function defineModule(name: string, code: string): string {
  return `__tracebook.define(${JSON.stringify(name)},function(require,module,exports){${code}\n});\n`;
}

function writeAsset(outDir: string, publicPath: string, name: string, code: string): BundleAsset {
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 10);
  const file = `${name.replace(/^@/, "").replaceAll("/", "-")}.${hash}.js`;
  writeFileSync(join(outDir, file), code);
  return { url: publicPath + file, bytes: Buffer.byteLength(code) };
}

/** The text of a bundle that was built for Node.js. */
export function readBundle(asset: BundleAsset): string {
  return readFileSync(asset.url, "utf8");
}
