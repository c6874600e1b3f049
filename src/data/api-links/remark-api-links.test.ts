import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UnknownApiError } from ".";
import { remarkApiLinks } from "./remark-api-links";

const folder = mkdtempSync(join(tmpdir(), "names-"));
afterAll(() => rmSync(folder, { recursive: true }));
const names = join(folder, "names.json");
writeFileSync(names, JSON.stringify({ "mlflow-tracing.init": { address: "mlflow-tracing#init", callable: true } }));

const element = (name: string, fn?: unknown) => ({
  type: "mdxJsxTextElement",
  name,
  attributes: fn === undefined ? [] : [{ type: "mdxJsxAttribute", name: "fn", value: fn }],
  position: { start: { line: 9 } },
});
function transform(node: ReturnType<typeof element>, file = names) {
  remarkApiLinks({ names: file })(
    { type: "root", children: [{ type: "paragraph", children: [node] }] },
    { path: "a.mdx" },
  );
  return Object.fromEntries(node.attributes.map(({ name, value }) => [name, value]));
}

describe("remarkApiLinks", () => {
  it("gives links of either language their address and label", () => {
    expect(transform(element("APILink", "mlflow-tracing.init"))).toEqual({
      fn: "mlflow-tracing.init",
      href: "/api/mlflow-tracing#init",
      label: "init()",
    });
    expect(transform(element("APILink", "mlflow.trace")).href).toMatch(/^https:\/\/mlflow\.org\/.*#mlflow\.trace$/);
  });

  it("leaves other components alone", () => {
    expect(transform(element("Link", "mlflow-tracing.nothing"))).toEqual({ fn: "mlflow-tracing.nothing" });
  });

  it.each(["mlflow-tracing.int", "mlflow.nothing"])("stops the build at %s, with file and line", (fn) => {
    expect(() => transform(element("APILink", fn))).toThrow(UnknownApiError);
    expect(() => transform(element("APILink", fn))).toThrow(/^a\.mdx:9 /);
  });

  it("needs a name that it can read", () => {
    expect(() => transform(element("APILink"))).toThrow('a.mdx:9 APILink needs fn="…"');
    expect(() => transform(element("APILink", { type: "expression" }))).toThrow("a.mdx:9");
  });

  it("says so when the names were not generated", () => {
    expect(() => transform(element("APILink", "mlflow-tracing.init"), join(folder, "none.json"))).toThrow("none.json");
  });
});
