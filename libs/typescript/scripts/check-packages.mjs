/**
 * Builds every package and checks that it can be published: what publint or arethetypeswrong find makes this fail, and so
 * does a package that Node.js cannot load both ways.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const publint = require.resolve("publint").replace(/[^/\\]*$/, "cli.js");
const attw = require.resolve("@arethetypeswrong/cli/package.json").replace(/package\.json$/, "dist/index.js");
const folders = ["core", "testkit", ...readdirSync(`${root}integrations`).map((name) => `integrations/${name}`)];

// The core first, since the others are loaded with it.
for (const folder of folders) run(folder, [`${root}scripts/build.mjs`]);
for (const folder of folders) {
  const { name } = JSON.parse(readFileSync(`${root}${folder}/package.json`, "utf8"));
  run(folder, [publint, "--strict"]);
  // The resolution of Node.js 10 knows no subpath exports; these packages are for Node.js 20.
  run(folder, [attw, "--pack", ".", "--quiet", "--profile", "node16"]);
  const exportsOf = (load) =>
    run(folder, ["--input-type=module", "-e", `${load}; console.log(Object.keys(m).sort().join())`]);
  const esm = exportsOf(`const m = await import("${name}")`);
  const cjs = exportsOf(
    `import { createRequire } from "node:module"; const m = createRequire(process.cwd() + "/")("${name}")`,
  );
  if (esm.trim() === "" || withoutDefault(esm) !== withoutDefault(cjs)) {
    throw new Error(`${name}: import gives ${esm}, require gives ${cjs}`);
  }
  console.log(
    `${name}: built, publint and arethetypeswrong clean, ${esm.split(",").length} exports by import and require`,
  );
}

/** @param {string} folder  @param {readonly string[]} options */
function run(folder, options) {
  try {
    return execFileSync(process.execPath, options, { cwd: root + folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    console.error(error.stdout, error.stderr);
    throw new Error(`${folder}: ${options[0]} failed`);
  }
}

/** @param {string} names */
function withoutDefault(names) {
  const hidden = new Set(["default", "module.exports", "__esModule"]);
  return names
    .trim()
    .split(",")
    .filter((name) => !hidden.has(name))
    .join();
}
