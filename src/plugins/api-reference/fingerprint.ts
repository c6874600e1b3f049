import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sdkPackages } from "./packages";

const GENERATOR = "src/plugins/api-reference";
const SETTINGS = ["tsconfig.base.json", "package-lock.json"];

/** A hash of everything that the reference is made from: equal hashes mean that it would come out the same. */
export function referenceFingerprint(siteDir: string): string {
  const packages = sdkPackages(siteDir).map(({ directory }) => relative(siteDir, directory));
  const files = [
    ...SETTINGS,
    ...packages.map((directory) => `${directory}/package.json`),
    ...[GENERATOR, ...packages.map((directory) => `${directory}/src`)].flatMap((folder) => sources(siteDir, folder)),
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(join(siteDir, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function sources(siteDir: string, folder: string): string[] {
  return readdirSync(join(siteDir, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?ts$/.test(file) && !/\.test\.ts$/.test(file))
    .sort()
    .map((file) => `${folder}/${file}`);
}
