/** A comment, a whole script, or a script that is never closed: whichever begins first. Quoted attributes may hold a `>`. */
const TOKEN =
  /<!--[\s\S]*?-->|<script(?=[\s/>])((?:"[^"]*"|'[^']*'|[^"'>])*)>([\s\S]*?)<\/script[\s/>]|<script(?=[\s/>])/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Types that the browser runs or obeys, and that the content security policy therefore covers; no type at all is one. */
const ACTIVE = /^(?:(?:text|application)\/(?:x-)?(?:java|ecma)script|module|importmap|speculationrules|)$/;

function parseAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", ...values] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, values.find((value) => value !== undefined) ?? "");
  }
  return attributes;
}

function isInlineAndActive(attributes: ReadonlyMap<string, string>): boolean {
  return !attributes.has("src") && ACTIVE.test((attributes.get("type") ?? "").trim().toLowerCase());
}

/**
 * The texts of the scripts that a page carries within itself and that a browser would run; data such as
 * `application/ld+json` is none.
 *
 * @param html a whole page
 * @throws {Error} when a script is not closed
 * @example inlineScripts(`<script>go()</script><script src="/a.js"></script>`) // ["go()"]
 */
export function inlineScripts(html: string): string[] {
  const scripts: string[] = [];
  for (const [token, attributes, text] of html.matchAll(TOKEN)) {
    if (token.startsWith("<!--")) continue;
    if (text === undefined) throw new Error("a script is not closed");
    if (isInlineAndActive(parseAttributes(attributes ?? ""))) scripts.push(text);
  }
  return scripts;
}
