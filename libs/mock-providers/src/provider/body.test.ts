import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEEPEST_BODY, readJsonBody } from "./body";

const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("reading a body", () => {
  it.each([
    ["nothing", null, "syntax"],
    ["an empty text", "", "syntax"],
    ["half a text", '"a', "syntax"],
    ["bytes that are no text", new Uint8Array([0xff]), "syntax"],
    ["one level too many", nested(DEEPEST_BODY + 1), "depth"],
    ["very many levels, never closed", '{"a":'.repeat(500_000), "depth"],
  ])("refuses %s", (_name, body, problem) => {
    expect(readJsonBody(body)).toEqual({ problem });
  });

  it("takes the deepest level that is allowed, and brackets in strings", () => {
    expect(readJsonBody(nested(DEEPEST_BODY))).toHaveProperty("json");
    const text = `${"[".repeat(999)}\\"{{{`;
    expect(readJsonBody(JSON.stringify([text, "\\"]))).toEqual({ json: [text, "\\"] });
    expect(readJsonBody(new TextEncoder().encode('{"å":1}'))).toEqual({ json: { å: 1 } });
  });

  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(readJsonBody(text)).toEqual({ json: JSON.parse(text) });
      }),
    );
  });
});
