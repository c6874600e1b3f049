// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CodeLines } from "./CodeLines";
import { offsetWithin, selectedWithin } from "./place-in-code";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to be shown.
const CODE = 'const a = "x";\n\n  call(a, `b${a}`);\n\n';
afterEach(cleanup);

function rendered(code: string) {
  const { container } = render(<CodeLines code={code} language="typescript" />);
  return container;
}

/** Every text node of `root` with the offset of its first letter. */
function texts(root: Node): { node: Text; start: number }[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: { node: Text; start: number }[] = [];
  let start = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    found.push({ node, start });
    start += node.data.length;
  }
  return found;
}

describe("a place in highlighted code", () => {
  it.each([CODE, "", "\n", "a", "\n\n\n", "// only\n"])("is counted in the letters of the source: %j", (code) => {
    const root = rendered(code);
    expect(root.textContent).toBe(code);
    for (const { node, start } of texts(root)) {
      for (let at = 0; at <= node.data.length; at += 1) expect(offsetWithin(root, node, at)).toBe(start + at);
    }
  });

  it("is none outside of it", () => {
    const root = rendered(CODE);
    expect(offsetWithin(root, document.body, 0)).toBeUndefined();
  });

  it("is known for a selection, in whichever direction it was made", () => {
    const root = rendered(CODE);
    const nodes = texts(root);
    const first = nodes[1]?.node;
    const last = nodes.at(-3)?.node;
    if (!first || !last) throw new Error("too few tokens");
    getSelection()?.setBaseAndExtent(last, 1, first, 1);
    const expected = { start: (nodes[1]?.start ?? 0) + 1, end: (nodes.at(-3)?.start ?? 0) + 1 };
    expect(selectedWithin(root, getSelection())).toEqual(expected);
    getSelection()?.removeAllRanges();
    expect(selectedWithin(root, getSelection())).toBeUndefined();
  });
});
