/**
 * Reads the sections of an INI file. Lines that are neither a section, nor `key = value` or `key: value`, nor a comment
 * (`#`, `;`) are skipped; so are settings before the first section. Keys are in lower case; the last of two wins.
 *
 * @example parseIni("[DEFAULT]\nhost = https://x").get("DEFAULT")?.get("host") // "https://x"
 */
export function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const raw of text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const name = /^\[(.*)\]$/.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    const separator = line.search(/[=:]/);
    if (separator > 0) section?.set(line.slice(0, separator).trim().toLowerCase(), line.slice(separator + 1).trim());
  }
  return sections;
}
