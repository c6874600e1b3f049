import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyboardRow, keyboardCommand } from "./keyboard";

/** agent ▾ · Messages · get_weather · Messages / other ▸ / last */
const ROWS: readonly KeyboardRow[] = [
  { name: "agent", depth: 0, expandable: true, expanded: true },
  { name: "Messages", depth: 1, expandable: false, expanded: true },
  { name: "get_weather", depth: 1, expandable: false, expanded: true },
  { name: "Messages", depth: 1, expandable: false, expanded: true },
  { name: "other", depth: 0, expandable: true, expanded: false },
  { name: "last", depth: 0, expandable: false, expanded: true },
];

function press(
  active: number,
  key: string,
  more: { typed?: string; modified?: boolean; rows?: readonly KeyboardRow[] } = {},
) {
  const rows = more.rows ?? ROWS;
  const at = (row: number) => rows[row] as KeyboardRow;
  return keyboardCommand(
    { active, pageSize: 3, typed: more.typed ?? "" },
    { key, modified: more.modified ?? false },
    { count: rows.length, at },
  );
}

const moveTo = (row: number) => ({ type: "move", row });

describe("treegrid keyboard", () => {
  it.each([
    [0, "ArrowDown", 1],
    [5, "ArrowDown", 5],
    [3, "ArrowUp", 2],
    [0, "ArrowUp", 0],
    [3, "Home", 0],
    [1, "End", 5],
    [1, "PageDown", 4],
    [4, "PageDown", 5],
    [4, "PageUp", 1],
    [1, "PageUp", 0],
  ])("from row %i, %s goes to row %i", (active, key, row) => {
    expect(press(active, key)).toEqual(moveTo(row));
  });

  it("opens with ArrowRight, then enters", () => {
    expect(press(4, "ArrowRight")).toEqual({ type: "expand", row: 4 });
    expect(press(0, "ArrowRight")).toEqual(moveTo(1));
    expect(press(2, "ArrowRight")).toEqual(moveTo(2));
  });

  it("closes with ArrowLeft, or leaves to the parent", () => {
    expect(press(0, "ArrowLeft")).toEqual({ type: "collapse", row: 0 });
    expect(press(3, "ArrowLeft")).toEqual(moveTo(0));
    expect(press(4, "ArrowLeft")).toEqual(moveTo(4));
  });

  it("selects with Enter and Space, and opens all siblings with *", () => {
    expect(press(2, "Enter")).toEqual({ type: "select", row: 2 });
    expect(press(2, " ")).toEqual({ type: "select", row: 2 });
    expect(press(0, "*")).toEqual({ type: "expand-siblings", row: 0 });
  });

  it("finds a row by the beginning of its name, and the next one by the same letter", () => {
    expect(press(0, "m")).toEqual({ type: "move", row: 1, typed: "m" });
    expect(press(1, "m")).toEqual({ type: "move", row: 3, typed: "m" });
    expect(press(3, "m", { typed: "m" })).toEqual({ type: "move", row: 1, typed: "mm" });
    expect(press(0, "e", { typed: "g" })).toEqual({ type: "move", row: 2, typed: "ge" });
    expect(press(0, "z")).toEqual({ type: "typed", typed: "z" });
  });

  it("takes a space as a letter while a name is being typed", () => {
    const rows = [
      { name: "Tool", depth: 0, expandable: false, expanded: true },
      { name: "Tool Agent", depth: 0, expandable: false, expanded: true },
    ];
    expect(press(0, " ", { typed: "tool", rows })).toEqual({ type: "move", row: 1, typed: "tool " });
  });

  it("leaves to the browser what is not its own", () => {
    expect(press(0, "Enter", { modified: true })).toBeNull();
    expect(press(0, "Tab")).toBeNull();
    expect(press(0, "F5")).toBeNull();
    expect(press(0, "ArrowDown", { rows: [] })).toBeNull();
    expect(press(0, "constructor")).toBeNull();
  });

  it("never leaves the rows", () => {
    const keys = fc.constantFrom(
      "ArrowUp",
      "ArrowDown",
      "ArrowLeft",
      "ArrowRight",
      "Home",
      "End",
      "PageUp",
      "PageDown",
      "a",
      "*",
    );
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 50 }), keys, (active, key) => {
        const command = press(active, key);
        if (command && "row" in command) expect(ROWS[command.row]).toBeDefined();
      }),
    );
  });
});
