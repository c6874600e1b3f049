import { describe, expect, it } from "vitest";
import { constructTraceIdV4, parseTraceIdV4, toOtelTraceId } from "./ids.js";

const HEX = "0af7651916cd43dd8448eb211c80319c";

describe("trace ids of Unity Catalog", () => {
  it("are taken apart as they were put together", () => {
    const id = constructTraceIdV4("main.agents.chat", HEX);
    expect(id).toBe(`trace:/main.agents.chat/${HEX}`);
    expect(parseTraceIdV4(id)).toEqual(["main.agents.chat", HEX]);
    expect(toOtelTraceId(id)).toBe(HEX);
  });

  it("are told apart from others", () => {
    expect(parseTraceIdV4(`tr-${HEX}`)).toEqual([null, `tr-${HEX}`]);
    expect([parseTraceIdV4(""), parseTraceIdV4(null), parseTraceIdV4(undefined)]).toEqual(Array(3).fill([null, null]));
  });

  it.each(["trace:/", "trace:/a.b.c", "trace:/a.b.c/", "trace://x", "trace:/a/b/c"])(
    "are refused when they are %s",
    (id) => {
      expect(() => parseTraceIdV4(id)).toThrow(`Invalid trace id: '${id}'`);
    },
  );
});
