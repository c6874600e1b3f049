import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { warn } from "../diagnostics.js";
import { parseIni } from "./ini.js";

/** Bytes; a larger file is not a configuration. */
const MAX_FILE_SIZE = 1_000_000;

/** `DATABRICKS_CONFIG_FILE`, else `<home>/.databrickscfg`; `undefined` when there is no home. */
export function defaultDatabricksConfigPath(): string | undefined {
  if (process.env.DATABRICKS_CONFIG_FILE) return process.env.DATABRICKS_CONFIG_FILE;
  try {
    return join(homedir(), ".databrickscfg");
  } catch {
    return undefined;
  }
}

/** The settings of one profile; `undefined` when the file or the profile does not exist or cannot be read. */
export function readDatabricksProfile(path: string, profile: string): Record<string, string> | undefined {
  const text = readText(path.replace(/^~(?=[/\\])/, () => homedir()));
  const section = text === undefined ? undefined : parseIni(text).get(profile);
  return section && Object.fromEntries(section);
}

function readText(path: string): string | undefined {
  try {
    if (statSync(path).size > MAX_FILE_SIZE) throw new Error(`it has more than ${MAX_FILE_SIZE} bytes`);
    return readFileSync(path, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing) warn(`The Databricks configuration ${path} cannot be read`, error);
    return undefined;
  }
}
