import { describe, expect, it } from "vitest";
import { eventShapes, shape } from "./shape";

describe("the comparison of shapes", () => {
  const recorded = {
    id: "a",
    usage: { total: 3, details: null },
    items: [{ type: "text", text: "x" }],
    finish_reason: "stop",
  };

  it("sees through other texts and numbers", () => {
    const other = { ...recorded, id: "b", usage: { total: 9, details: null }, items: [{ type: "text", text: "y" }] };
    expect(shape(other)).toEqual(shape(recorded));
  });

  it.each([
    ["a missing key", { ...recorded, id: undefined }],
    ["a key too many", { ...recorded, more: 1 }],
    ["another type", { ...recorded, id: 5 }],
    ["a value for null", { ...recorded, usage: { total: 3, details: 0 } }],
    ["another kind of item", { ...recorded, items: [{ type: "image", text: "x" }] }],
    ["an item too many", { ...recorded, items: [...recorded.items, ...recorded.items] }],
    ["another reason", { ...recorded, finish_reason: "length" }],
  ])("finds %s", (_name, other) => {
    expect(shape(JSON.parse(JSON.stringify(other)))).not.toEqual(shape(recorded));
  });

  it("takes a run of like events for one, and sees their order", () => {
    const delta = 'event: delta\ndata: {"text":"a"}\n\n';
    const end = "data: [DONE]\n\n";
    expect(eventShapes(delta + delta + end)).toEqual(eventShapes(`${delta}${end}`.replaceAll("\n\n", "\r\n\r\n")));
    expect(eventShapes(end + delta)).not.toEqual(eventShapes(delta + end));
    expect(eventShapes(delta)).not.toEqual(eventShapes(delta + end));
  });
});
