import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { headersFor, parseHeaderRules } from "../../../scripts/server/header-rules.mjs";
import { headerRules, LONGEST_LINE, renderHeaderFile } from "./header-file";
import { writeHeaderFile } from "./index";
import { inlineScripts } from "./inline-scripts";
import { contentSecurityPolicy, IMMUTABLE, isImmutable, scriptHash, siteHeaders } from "./policy";

const lowerCased = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v]));

describe("inlineScripts", () => {
  const cases: [html: string, scripts: string[]][] = [
    ["<script>a()</script><script>b()</script>", ["a()", "b()"]],
    ["<script src=/a.js></script><script defer src='/b.js'></script>", []],
    ["<SCRIPT TYPE=module>a()</SCRIPT >", ["a()"]],
    ['<script type="">a()</script><script type=" text/JavaScript ">b()</script>', ["a()", "b()"]],
    ['<script type="importmap">{}</script><script type="speculationrules">{}</script>', ["{}", "{}"]],
    ['<script type="application/ld+json">{}</script><script type="text/plain">x</script>', []],
    ['<script data-note="a > b, src=c" data-src="x">a()</script>', ["a()"]],
    ["<!-- <script>a()</script> --><script>b('<!--')</script><script>c()</script>", ["b('<!--')", "c()"]],
    ["<script></script>", [""]],
    ["<scripture>a</scripture><p>&lt;script&gt;</p>", []],
    ["<script>\n  a()\n</script>", ["\n  a()\n"]],
  ];
  it.each(cases)("%s", (html, scripts) => expect(inlineScripts(html)).toEqual(scripts));

  it("does not pass over a script that is not closed", () => {
    expect(() => inlineScripts("<p></p><script>a()")).toThrow("not closed");
  });
});

describe("policy", () => {
  it("hashes as browsers do", () => {
    const digest = createHash("sha256").update("a\nb").digest("base64");
    expect(scriptHash("a\r\nb")).toBe(`'sha256-${digest}'`);
  });

  it("allows each inline script once, in an order that does not depend on the pages'", () => {
    expect(contentSecurityPolicy(["a", "b", "a"])).toBe(contentSecurityPolicy(["b", "a"]));
    expect(contentSecurityPolicy(["a", "b"]).match(/'sha256-/g)).toHaveLength(2);
  });

  it("never allows inline scripts or eval wholesale, nor any other host", () => {
    const directives = contentSecurityPolicy(["a"]).split("; ");
    const scripts = directives.find((directive) => directive.startsWith("script-src"));
    expect(scripts).not.toMatch(/unsafe|\*|https?:/);
    expect(directives.join()).not.toMatch(/\*|https?:|unsafe-eval/);
  });

  it("keeps for ever just what carries a hash", () => {
    const forEver = [
      "/assets/js/main.1a2b3c4d.js",
      "/play/openai.0f9a1c2b.js",
      "/play/sdk-K3QZ7A2B.js",
      "/play/x/a-0f9a1c2b3d4e.js.map",
    ];
    const not = [
      "/",
      "/play/manifest.json",
      "/play/anthropic.js",
      "/play/provider-anthropic.js",
      "/img/logo.0f9a1c2b.svg",
      "/x/assets/a.js",
    ];
    expect(forEver.map(isImmutable)).not.toContain(false);
    expect(not.map(isImmutable)).not.toContain(true);
  });
});

describe("_headers", () => {
  it("comes back from the server's reader as the policy defines it", () => {
    const rules = parseHeaderRules(renderHeaderFile(headerRules(["a()"], ["/play/a.0f9a1c2b.js", "/index.html"])));
    const policy = lowerCased(siteHeaders(["a()"]));
    expect(Object.fromEntries(headersFor(rules, "/guide/"))).toEqual(policy);
    for (const path of ["/assets/js/a.js", "/play/a.0f9a1c2b.js"]) {
      expect(Object.fromEntries(headersFor(rules, path))).toEqual({ ...policy, "cache-control": IMMUTABLE });
    }
  });

  it("refuses what a host would cut or misread", () => {
    const rule = (value: string) => [{ path: "/*", headers: { "X-A": value } }];
    expect(() => renderHeaderFile(rule("x".repeat(LONGEST_LINE)))).toThrow("does not fit");
    expect(() => renderHeaderFile(rule("a\n/other\n  X-B: c"))).toThrow("one line");
    expect(() => renderHeaderFile(Array.from({ length: 101 }, () => ({ path: "/a", headers: {} })))).toThrow(
      "101 header rules",
    );
  });
});

describe("writeHeaderFile", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headers-"));
    mkdirSync(join(folder, "guide"));
    writeFileSync(join(folder, "index.html"), "<script>home()</script>");
    writeFileSync(join(folder, "guide", "index.html"), "<script>guide()</script>");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const policy = () =>
    headersFor(parseHeaderRules(readFileSync(join(folder, "_headers"), "utf8")), "/").get("content-security-policy");

  it("allows the inline scripts of all pages and the extra ones, and no other", async () => {
    await writeHeaderFile(folder, ["frame()"]);
    expect(policy()).toBe(contentSecurityPolicy(["home()", "guide()", "frame()"]));
    expect(policy()).not.toContain(scriptHash("home( )"));
  });

  it("allows an altered script only after a new build", async () => {
    await writeHeaderFile(folder, []);
    writeFileSync(join(folder, "index.html"), "<script>home(1)</script>");
    expect(policy()).not.toContain(scriptHash("home(1)"));
    await writeHeaderFile(folder, []);
    expect(policy()).toContain(scriptHash("home(1)"));
    expect(policy()).not.toContain(scriptHash("home()"));
  });

  it("finds the files to be kept for ever, however the folder is written", async () => {
    mkdirSync(join(folder, "play"));
    writeFileSync(join(folder, "play", "openai.0f9a1c2b.js"), "");
    for (const spelling of [folder, `${folder}/`, `${folder}/guide/..`]) {
      await writeHeaderFile(spelling, []);
      const rules = parseHeaderRules(readFileSync(join(folder, "_headers"), "utf8"));
      expect(headersFor(rules, "/play/openai.0f9a1c2b.js").get("cache-control")).toBe(IMMUTABLE);
    }
  });

  it("names the page that it cannot understand", async () => {
    writeFileSync(join(folder, "guide", "index.html"), "<script>guide()");
    await expect(writeHeaderFile(folder, [])).rejects.toThrow("guide");
  });
});
