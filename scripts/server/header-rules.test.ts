import { describe, expect, it } from "vitest";
import { headersFor, parseHeaderRules } from "./header-rules.mjs";

const FILE = `# everything
/*
  X-Frame: a: b; c
  Vary: Origin

/assets/*
  Cache-Control: immutable
/assets/a.js
  Vary: Accept
`;

describe("parseHeaderRules", () => {
  it("reads paths, headers and comments", () => {
    expect(parseHeaderRules(FILE)).toEqual([
      {
        path: "/*",
        headers: [
          ["X-Frame", "a: b; c"],
          ["Vary", "Origin"],
        ],
      },
      { path: "/assets/*", headers: [["Cache-Control", "immutable"]] },
      { path: "/assets/a.js", headers: [["Vary", "Accept"]] },
    ]);
  });

  it("accepts an empty file and Windows line ends", () => {
    expect(parseHeaderRules("")).toEqual([]);
    expect(parseHeaderRules("/*\r\n  A: b\r\n")).toEqual([{ path: "/*", headers: [["A", "b"]] }]);
  });

  it.each(["  A: b", "/*\n  no header", "A: b", "https://example.com/*\n A: b"])("names the line of %j", (text) => {
    expect(() => parseHeaderRules(text)).toThrow(/line \d/);
  });
});

describe("headersFor", () => {
  const rules = parseHeaderRules(FILE);
  it("adds the rules up", () => {
    expect(Object.fromEntries(headersFor(rules, "/assets/a.js"))).toEqual({
      "x-frame": "a: b; c",
      vary: "Origin, Accept",
      "cache-control": "immutable",
    });
  });

  it("keeps to the path", () => {
    expect(headersFor(rules, "/assetsx").has("cache-control")).toBe(false);
    expect(headersFor(rules, "/assets/a.jsx").get("vary")).toBe("Origin");
  });
});
