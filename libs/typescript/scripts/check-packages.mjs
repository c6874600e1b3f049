/** Checks that every package can be published: what publint and arethetypeswrong find makes this fail. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const tools = [
  [require.resolve("publint").replace(/[^/\\]*$/, "cli.js"), "--strict"],
  [require.resolve("@arethetypeswrong/cli/package.json").replace(/package\.json$/, "dist/index.js"), "--pack", "."],
];
const folders = ["core", "testkit", ...readdirSync(`${root}integrations`).map((name) => `integrations/${name}`)];

for (const folder of folders) {
  console.log(`\n${folder}`);
  for (const [tool, ...options] of tools) {
    execFileSync(process.execPath, [tool, ...options], { cwd: root + folder, stdio: "inherit" });
  }
}
