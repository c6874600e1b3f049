import { describe, expect, it } from "vitest";
import { toHex } from "./color";

describe("toHex", () => {
  it.each([
    ["rgb(0, 0, 0)", "#000000"],
    ["rgb(11, 110, 110)", "#0b6e6e"],
    ["rgb(11 110 110)", "#0b6e6e"],
    ["rgba(0, 0, 0, 0.5)", "#808080"],
    ["rgb(0 0 0 / 0)", "#ffffff"],
    ["color(srgb 1 0.5 0)", "#ff8000"],
    ["color(srgb 1.2 -0.1 0 / 1)", "#ff0000"],
  ])("writes %s as %s", (computed, hex) => {
    expect(toHex(computed)).toBe(hex);
  });

  it("lays see-through colours on the backdrop", () => {
    expect(toHex("rgba(255, 255, 255, 0.5)", "#000000")).toBe("#808080");
  });

  it.each([
    "",
    "transparent",
    "#fff",
    "oklch(0.5 0.1 200)",
    "color(display-p3 1 0 0)",
    "rgb(none none none)",
    "rgb(1, 2)",
  ])("does not guess at %j", (computed) => {
    expect(toHex(computed)).toBeUndefined();
  });
});
