// @ts-check
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseHeaderRules } from "./header-rules.mjs";

/** @typedef {import("./header-rules.mjs").HeaderRule} HeaderRule */
/** @typedef {{ files: ReadonlyMap<string, string>, rules: readonly HeaderRule[], stamp: number }} Site */
/** @typedef {{ kind: "file", status: 200 | 404, file: string } | { kind: "redirect", to: string } | { kind: "missing" }} Route */

/** Configuration for hosts that is no content of the site. */
const NEVER_SERVED = new Set(["/_headers", "/_redirects"]);

/**
 * Every file below a folder by its path on the site. Only what is listed here is ever read, so no request can name another file;
 * links are left out because they could lead outside.
 * @param {string} folder
 * @param {string} path
 * @param {Map<string, string>} files
 */
function listFiles(folder, path, files) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const below = `${path}/${entry.name}`;
    const file = join(folder, entry.name);
    if (entry.isDirectory()) listFiles(file, below, files);
    else if (entry.isFile() && !NEVER_SERVED.has(below)) files.set(below, file);
  }
}

/**
 * When the build was finished, as far as can be told: `_headers` is the last file that a build writes.
 * @param {string} build
 * @returns {number} milliseconds since the UNIX epoch, 0 while there is none
 */
export function siteStamp(build) {
  return statSync(join(build, "_headers"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Takes stock of a build.
 * @param {string} build folder
 * @returns {Site} an empty one while there is no build
 * @throws {Error} when `_headers` makes no sense
 */
export function loadSite(build) {
  const stamp = siteStamp(build);
  if (stamp === 0) return { files: new Map(), rules: [], stamp };
  const files = new Map();
  listFiles(build, "", files);
  return { files, rules: parseHeaderRules(readFileSync(join(build, "_headers"), "utf8")), stamp };
}

/**
 * What a path leads to. Folders are pages: `/guide/` is `/guide/index.html`, and both `/guide` and the file's own name lead there,
 * as they do on static hosts; a page opened under its file name would not hydrate.
 * @param {ReadonlyMap<string, string>} files
 * @param {string} path decoded
 * @returns {Route}
 */
export function route(files, path) {
  const file = files.get(path);
  if (path.endsWith("/index.html") && file) return { kind: "redirect", to: path.slice(0, -"index.html".length) };
  const served = file ?? files.get(path.endsWith("/") ? `${path}index.html` : `${path}.html`);
  if (served) return { kind: "file", status: 200, file: served };
  if (!path.endsWith("/") && files.has(`${path}/index.html`)) return { kind: "redirect", to: `${path}/` };
  if (path.length > 1 && path.endsWith("/") && files.has(`${path.slice(0, -1)}.html`))
    return { kind: "redirect", to: path.slice(0, -1) };
  const missing = files.get("/404.html");
  return missing ? { kind: "file", status: 404, file: missing } : { kind: "missing" };
}
