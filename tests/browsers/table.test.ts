import { expect, it } from "vitest";
import { formatTable } from "./table";

it("lines columns up, numbers to the right, and copes with rows that are short", () => {
  const table = formatTable(
    ["engine", "wrong"],
    [
      ["Firefox", "0"],
      ["Node.js", "–"],
      ["WebKit", "135"],
    ],
  );
  expect(table).toBe(
    ["engine   wrong", "───────  ─────", "Firefox      0", "Node.js      –", "WebKit     135"].join("\n"),
  );
  expect(formatTable(["engine", "version"], [["Firefox"], ["WebKit", "2.50.6"]])).toContain(
    "\nFirefox\nWebKit   2.50.6",
  );
});
