import { describe, expect, it } from "vitest";
import { type Code, type Group, layout as pieces, textOf } from "./layout";

const call = (...items: Code[]): Group => ({ open: "(", close: ")", separator: ",", first: true, items });
const object = (...items: Code[]): Group => ({ open: "{", pad: " ", close: "}", separator: ";", items });
const union = (...items: Code[]): Group => ({ open: "", close: "", separator: "|", items });

const layout = (code: Code, width?: number) => textOf(pieces(code, width));

describe("layout", () => {
  it("keeps what fits on one line", () => {
    expect(layout(["f", call("a: string"), ": ", object("b: number")])).toBe("f(a: string): { b: number }");
    expect(layout(["f", call(), ": ", object()])).toBe("f(): {}");
  });

  it("breaks parameters before it breaks the result", () => {
    const code = ["f", call("a: string", "b: string"), ": ", object("c: number")];
    expect(layout(code, 24)).toBe("f(\n  a: string,\n  b: string,\n): { c: number }");
  });

  it("breaks the result where there are no parameters, and what is too long within", () => {
    expect(layout(["f", call(), ": ", object("aaaaaaaa: number", ["b: ", object("c: number", "d: number")])], 24)).toBe(
      "f(): {\n  aaaaaaaa: number;\n  b: {\n    c: number;\n    d: number;\n  };\n}",
    );
  });

  it("starts the lines of a union with its bar", () => {
    expect(layout(["type X = ", union("aaaaaaaa", "bbbbbbbb"), ";"], 20)).toBe(
      "type X = \n  | aaaaaaaa\n  | bbbbbbbb;",
    );
  });

  it("puts no comma after the last type argument, which TypeScript refuses", () => {
    const code = ["Pick", { open: "<", close: ">", separator: ",", items: ["aaaaaaaa", "bbbbbbbb"] } as const];
    expect(layout(code, 12)).toBe("Pick<\n  aaaaaaaa,\n  bbbbbbbb\n>");
  });

  it("counts the text of a link, not its address", () => {
    const link = { text: "Options", href: "/api/mlflow-tracing/types#Options" };
    expect(layout(["f", call(link)], 12)).toBe("f(Options)");
    expect(pieces(["f", call(link)], 12)).toContainEqual(link);
  });
});
