import { expect, it } from "vitest";
import { type EditorState, hintFor } from "./hint";

const LIVE: EditorState = { phase: "live", focused: true, loadFailed: false, tabMovesOn: true, interactive: true };

it("promises nothing before scripts run", () => {
  expect(hintFor({ ...LIVE, phase: "static", focused: false, interactive: false }, false)).toBe("");
});

it("says how to indent while Tab moves on, and how to leave while it indents", () => {
  expect(hintFor(LIVE, false)).toContain("Ctrl+M lets it indent");
  expect(hintFor(LIVE, true)).toContain("⌃⇧M lets it indent");
  expect(hintFor({ ...LIVE, tabMovesOn: false }, false)).toContain("Esc, then Tab, moves on");
});

it("does not speak of keys that a plain text box lacks", () => {
  expect(hintFor({ ...LIVE, phase: "typing" }, false)).not.toContain("Ctrl+M");
  expect(hintFor({ ...LIVE, phase: "typing", loadFailed: true }, false)).toMatch(/could not be loaded.*plain text box/);
});
