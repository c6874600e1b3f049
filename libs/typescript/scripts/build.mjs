/**
 * Builds the package in the current folder for both module systems of Node.js: `dist/esm` and `dist/cjs`, each with types.
 *
 * @example cd core && node ../scripts/build.mjs
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { imports } = JSON.parse(readFileSync("package.json", "utf8"));

rmSync("dist", { recursive: true, force: true });
compile("esm", "ESNext");
compile("cjs", "CommonJS");
// The nearest package.json says how Node.js reads a file and what its `#` imports mean.
const nearest = { type: "commonjs", ...(imports ? { imports: toCommonJs(imports) } : {}) };
writeFileSync("dist/cjs/package.json", `${JSON.stringify(nearest, null, 2)}\n`);

/** @param {"esm" | "cjs"} name  @param {string} module */
function compile(name, module) {
  const options = ["-p", "tsconfig.build.json", "--outDir", `dist/${name}`, "--module", module];
  if (name === "cjs") options.push("--verbatimModuleSyntax", "false");
  execFileSync(process.execPath, [tsc, ...options], { stdio: "inherit" });
}

/** @param {unknown} target @returns {unknown} the same with the files of the other build, and without the sources */
function toCommonJs(target) {
  if (typeof target === "string") return target.replace("./dist/esm/", "./");
  const entries = Object.entries(target ?? {}).filter(([condition]) => condition !== "mlflow-source");
  return Object.fromEntries(entries.map(([key, value]) => [key, toCommonJs(value)]));
}
