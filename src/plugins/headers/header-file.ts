import { type Headers, IMMUTABLE, isImmutable, siteHeaders } from "./policy";

/** Characters of a line, and number of rules, that every static host which reads `_headers` accepts. */
export const LONGEST_LINE = 2000;
export const MOST_RULES = 100;

export interface HeaderRule {
  /** A path on the site; a `*` at its end stands for anything. */
  readonly path: string;
  readonly headers: Headers;
}

/**
 * The rules for a whole site.
 * @param inlineScripts the texts of all inline scripts that may run
 * @param paths of all files, e.g. `/play/anthropic.3f9a1c2b.js`
 */
export function headerRules(inlineScripts: Iterable<string>, paths: Iterable<string>): HeaderRule[] {
  const forEver = { "Cache-Control": IMMUTABLE };
  const single = [...paths].filter((path) => isImmutable(path) && !path.startsWith("/assets/")).sort();
  return [
    { path: "/*", headers: siteHeaders(inlineScripts) },
    { path: "/assets/*", headers: forEver },
    ...single.map((path) => ({ path, headers: forEver })),
  ];
}

/**
 * The rules as a `_headers` file, which Netlify, Cloudflare Pages and our own server read.
 * @throws {Error} when a host would cut or refuse it
 */
export function renderHeaderFile(rules: readonly HeaderRule[]): string {
  if (rules.length > MOST_RULES) throw new Error(`${rules.length} header rules; static hosts accept ${MOST_RULES}`);
  const blocks = rules.map(({ path, headers }) => {
    const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
    const long = lines.find((line) => line.length > LONGEST_LINE || /[\r\n]/.test(line));
    if (long)
      throw new Error(`a header does not fit into ${LONGEST_LINE} characters of one line: ${long.slice(0, 60)}…`);
    return [path, ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
