/**
 * Builds the package in the current folder: `dist/esm` for `import` in Node.js and browsers, `dist/cjs` for `require` in
 * Node.js, each with types.
 *
 * @example cd core && node ../scripts/build.mjs
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entryPoints = Object.values(exports).flatMap((target) => target["mlflow-source"] ?? []);

rmSync("dist", { recursive: true, force: true });
compile("esm", ["--module", "ESNext"]);
compile("cjs", ["--module", "CommonJS", "--verbatimModuleSyntax", "false", "--emitDeclarationOnly"]);
// In one file each, because the `#` imports of a package cannot name files of two module systems by turns.
await build({
  entryPoints,
  outdir: "dist/cjs",
  bundle: true,
  packages: "external",
  format: "cjs",
  platform: "node",
  target: "node20",
  conditions: ["mlflow-source"],
  sourcemap: true,
  logLevel: "warning",
});
writeFileSync("dist/cjs/package.json", '{ "type": "commonjs" }\n');

/** @param {"esm" | "cjs"} name  @param {readonly string[]} options */
function compile(name, options) {
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", `dist/${name}`, ...options], {
    stdio: "inherit",
  });
}
