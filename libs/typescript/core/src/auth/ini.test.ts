import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIni } from "./ini.js";

const asObject = (text: string) =>
  Object.fromEntries([...parseIni(text)].map(([name, section]) => [name, Object.fromEntries(section)]));

describe("parseIni", () => {
  it("reads sections, comments and both separators", () => {
    const text = "\uFEFF# first\r\n[DEFAULT]\r\nHost = https://a:443/x\n; no\n  token: a=b#c;d  \n\n[ dev ]\rhost=b\n";
    expect(asObject(text)).toEqual({ DEFAULT: { host: "https://a:443/x", token: "a=b#c;d" }, dev: { host: "b" } });
  });

  it("lets the last of two win, also across two parts of a section", () => {
    expect(asObject("[a]\nx=1\nX=2\n[b]\n[a]\nx=3\ny=4")).toEqual({ a: { x: "3", y: "4" }, b: {} });
  });

  it("skips what it cannot read", () => {
    expect(asObject("x=1\n[a\ny=2\n[a]\nno separator\n= no key\n:x\nkey\n[]\nz=1")).toEqual({ a: {}, "": { z: "1" } });
  });

  it("gives names of every object no meaning", () => {
    const sections = parseIni("[__proto__]\nconstructor=1\n__proto__=2\n[constructor]\nhost=x");
    expect(sections.get("__proto__")?.get("__proto__")).toBe("2");
    expect(sections.get("constructor")?.get("host")).toBe("x");
    expect(({} as Record<string, unknown>).host).toBeUndefined();
  });

  it("never throws, and reads what was written", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseIni(text)));
    const word = fc.stringMatching(/^[a-z_]{1,10}$/);
    const value = fc.stringMatching(/^[!-~]{0,20}$/);
    fc.assert(
      fc.property(fc.dictionary(word, fc.dictionary(word, value)), (sections) => {
        const lines = Object.entries(sections).flatMap(([name, settings]) => [
          `[${name}]`,
          ...Object.entries(settings).map(([key, text]) => `${key} = ${text}`),
        ]);
        expect(asObject(lines.join("\n"))).toEqual(sections);
      }),
    );
  });
});
