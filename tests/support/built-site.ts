import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** The site as it lies on disk, which the tests compare with what the server and the browser make of it. */
export const BUILD = resolve("build");

/** A path that leads nowhere, whose page is the site's own 404. */
export const MISSING_PAGE = "/there/is/no/such/page";

/**
 * Every page of the sitemap and the 404 page, as paths on the site.
 * @throws {Error} when the site has not been built or its sitemap is empty
 */
export function sitePages(): string[] {
  const file = join(BUILD, "sitemap.xml");
  if (!existsSync(file)) throw new Error("There is no build/ to test: run `npm run build` or `npm test`.");
  const locations = readFileSync(file, "utf8").matchAll(/<loc>([^<]+)<\/loc>/g);
  const pages = [...locations].map(([, location = ""]) => new URL(location).pathname);
  if (pages.length === 0) throw new Error("build/sitemap.xml lists no page.");
  return [...pages, MISSING_PAGE];
}

/** Every built file, as a path on the site, e.g. `/assets/js/main.1a2b3c4d.js`. */
export function siteFiles(): string[] {
  const entries = readdirSync(BUILD, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(BUILD, join(entry.parentPath, entry.name)).split(sep).join("/")}`);
}

/**
 * The text of a built file.
 * @param path on the site
 */
export function readSiteFile(path: string): string {
  return readFileSync(join(BUILD, path), "utf8");
}
