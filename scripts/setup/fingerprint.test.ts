import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildReason } from "./build.mjs";
import { fingerprint } from "./fingerprint.mjs";

let root = "";
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fingerprint-"));
  write("docs/a.mdx", "# A");
  write("src/index.ts", "export {};");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("fingerprint", () => {
  it("changes with the content, the name and the place of a file", () => {
    const seen = new Set([fingerprint(root)]);
    write("docs/a.mdx", "# B");
    seen.add(fingerprint(root));
    renameSync(join(root, "docs/a.mdx"), join(root, "docs/b.mdx"));
    seen.add(fingerprint(root));
    renameSync(join(root, "docs/b.mdx"), join(root, "src/b.mdx"));
    seen.add(fingerprint(root));
    rmSync(join(root, "src/b.mdx"));
    seen.add(fingerprint(root));
    expect(seen.size).toBe(5);
  });

  it("cannot be fooled by content that moves from one file to the next", () => {
    write("docs/a.mdx", "12");
    write("docs/b.mdx", "3");
    const before = fingerprint(root);
    write("docs/a.mdx", "1");
    write("docs/b.mdx", "23");
    expect(fingerprint(root)).not.toBe(before);
  });

  it("does not change with the clock, with tests or with what is not an input", () => {
    const before = fingerprint(root);
    utimesSync(join(root, "docs/a.mdx"), 1, 1);
    write("src/index.test.ts", "it()");
    write("libs/core/node_modules/x.js", "");
    write("libs/core/dist/x.js", "");
    write("README.md", "# Read me");
    expect(fingerprint(root)).toBe(before);
  });
});

describe("buildReason", () => {
  it("asks for a build until there is one of just these sources", () => {
    const build = join(root, "build");
    const inputs = fingerprint(root);
    expect(buildReason(build, inputs)).toMatch(/not been built/);
    write("build/index.html", "<!doctype html>");
    expect(buildReason(build, inputs)).toMatch(/does not say/);
    write("build/.fingerprint", inputs);
    expect(buildReason(build, inputs)).toBeUndefined();
    write("docs/a.mdx", "# changed");
    expect(buildReason(build, fingerprint(root))).toMatch(/changed/);
  });
});
