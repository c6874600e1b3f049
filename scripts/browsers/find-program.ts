import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of the first of `names` that is on the search path.
 *
 * @example findProgram(["firefox-esr", "firefox"]) // "/usr/bin/firefox-esr"
 */
export function findProgram(names: readonly string[], searchPath = process.env.PATH ?? ""): string | undefined {
  const folders = searchPath.split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
