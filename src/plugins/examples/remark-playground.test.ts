import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { remarkPlayground } from "./remark-playground";

let examplesDir = "";
beforeAll(() => {
  examplesDir = mkdtempSync(join(tmpdir(), "examples-"));
  mkdirSync(join(examplesDir, "guide/one"), { recursive: true });
  writeFileSync(join(examplesDir, "guide/one/example.json"), "{}");
});

const component = (name: string, example: unknown) => ({
  type: "mdxJsxFlowElement",
  name,
  attributes: [{ type: "mdxJsxAttribute", name: "example", value: example }],
  children: [],
  position: { start: { line: 7 } },
});
const transform = (...children: ReturnType<typeof component>[]) => {
  const tree = { type: "root", children: [...children] as { type: string; value?: string }[] };
  remarkPlayground({ examplesDir })(tree, { path: "docs/guide.mdx" });
  return tree.children;
};

describe("remarkPlayground", () => {
  it("imports each example once, however often it is shown", () => {
    const children = transform(component("Playground", "guide/one"), component("RecordedOutput", "guide/one"));
    const imports = children.filter(({ type }) => type === "mdxjsEsm");
    expect(imports.map(({ value }) => value)).toEqual(['import example0 from "@examples/guide/one";']);
    expect(JSON.stringify(children.slice(1))).toContain('"name":"example0"');
  });

  it("stops the build at an unknown example, with file and line", () => {
    expect(() => transform(component("Playground", "guide/two"))).toThrow(
      'docs/guide.mdx:7 There is no example "guide/two"',
    );
  });

  it("leaves other components and other values alone", () => {
    expect(transform(component("Card", "guide/two"), component("Playground", { type: "expression" }))).toHaveLength(2);
  });
});
