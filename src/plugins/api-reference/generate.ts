import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { convertPackages } from "./convert";
import { namesOf } from "./names";
import { GROUPS, type SdkPackage, sdkPackages } from "./packages";
import { type Sheet, sheetsOf } from "./sheets";

/**
 * Writes the reference to `outDir`: `pages/*.md`, their `sidebars.json`, and `names.json` with the address of every name.
 *
 * @returns how many pages were written
 * @throws Error with all of TypeDoc's warnings, e.g. about a `{@link}` that leads nowhere
 */
export async function generateReference(siteDir: string, outDir: string): Promise<number> {
  const packages = sdkPackages(siteDir);
  const { app, project, warnings } = await convertPackages(siteDir, packages);
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  await app.outputs.writeOutput({ name: "markdown", path: join(outDir, "pages") }, project);
  if (warnings.length > 0) throw new Error(`Docstrings that TypeDoc complains of:\n  ${warnings.join("\n  ")}`);
  const sheets = sheetsOf(project);
  writeJson(join(outDir, "sidebars.json"), sidebars(packages, sheets));
  writeJson(join(outDir, "names.json"), namesOf(project));
  return sheets.length + 1;
}

/** One heading for each group of packages; the further parts of a divided package stand indented below it. */
function sidebars(packages: readonly SdkPackage[], sheets: readonly Sheet[]) {
  const groups = GROUPS.map((label) => {
    const names = packages.filter(({ group }) => group === label).map(({ name }) => name);
    const items = sheets.filter((sheet) => names.includes(sheet.package)).map(sidebarItem);
    return { type: "category", label, collapsible: false, items };
  });
  return { api: [{ type: "doc", id: "index" }, ...groups.filter(({ items }) => items.length > 0)] };
}

function sidebarItem(sheet: Sheet) {
  const isFirst = sheet.path === sheet.package;
  const id = isFirst && sheet.part ? `${sheet.path}/index` : sheet.path;
  return isFirst || !sheet.part
    ? { type: "doc", id, label: sheet.package }
    : { type: "doc", id, label: sheet.part, className: "api-part" };
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}
