import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";

const neededLibs: (source: string) => string = createRequire(import.meta.url)("./needed-libs.cjs");
const source = readFileSync("node_modules/monaco-editor/esm/vs/languages/features/typescript/lib/lib.js", "utf8");

/** The files in the text of a module like Monaco's `lib.js`, by evaluating it. */
async function filesOf(text: string): Promise<Record<string, string>> {
  const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  return module.libFileMap;
}

it("keeps all that ES2023 in a worker needs, down to the last reference, and less than half in all", async () => {
  const kept = neededLibs(source);
  const files = await filesOf(kept);
  const wanted = ["es2023", "webworker", "webworker.iterable", "webworker.asynciterable"];
  const seen = new Set<string>();
  while (wanted.length > 0) {
    const name = wanted.pop() ?? "";
    if (seen.has(name)) continue;
    seen.add(name);
    const text = files[`lib.${name}.d.ts`];
    expect(text, name).toBeDefined();
    for (const [, reference = ""] of (text ?? "").matchAll(/<reference lib="([^"]+)"/g)) wanted.push(reference);
  }
  expect(seen.size).toBeGreaterThan(40);
  expect(files).not.toHaveProperty(["lib.dom.d.ts"]);
  expect(kept.length).toBeLessThan(source.length / 2);
});

it("changes nothing in the files that it keeps", async () => {
  const [all, kept] = await Promise.all([filesOf(source), filesOf(neededLibs(source))]);
  for (const [name, text] of Object.entries(kept)) expect(text).toBe(all[name]);
});

it("refuses a file of another form", () => {
  expect(() => neededLibs("export const files = {};")).toThrow("has changed its form");
});
