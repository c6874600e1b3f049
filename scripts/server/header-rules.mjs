// @ts-check

/** @typedef {{ path: string, headers: [name: string, value: string][] }} HeaderRule */

/**
 * Reads a `_headers` file as static hosts do: a line that starts with a slash is a path, the indented ones below it are its
 * headers, `#` starts a comment. A path may end in `*`, which stands for anything.
 * @param {string} text
 * @returns {HeaderRule[]}
 * @throws {Error} with the number of a line that makes no sense
 */
export function parseHeaderRules(text) {
  /** @type {HeaderRule[]} */
  const rules = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const header = /^\s+([\w-]+):\s*(.*?)\s*$/.exec(line);
    const rule = rules.at(-1);
    if (line.startsWith("/")) rules.push({ path: line.trim(), headers: [] });
    else if (header && rule) rule.headers.push([header[1] ?? "", header[2] ?? ""]);
    else throw new Error(`_headers, line ${index + 1}: neither a path nor a header of one: ${line.slice(0, 80)}`);
  }
  return rules;
}

/** @param {string} pattern @param {string} path */
function matches(pattern, path) {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/**
 * The headers for a path, by lower-case name. Rules that name the same header add up, as they do on static hosts.
 * @param {readonly HeaderRule[]} rules
 * @param {string} path
 * @returns {Map<string, string>}
 */
export function headersFor(rules, path) {
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const rule of rules) {
    if (!matches(rule.path, path)) continue;
    for (const [name, value] of rule.headers) {
      const before = headers.get(name.toLowerCase());
      headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
    }
  }
  return headers;
}
