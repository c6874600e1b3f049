import { describe, expect, it } from "vitest";
import { type ConsoleEvent, RUN_LIMITS } from "../contract";
import { captureConsole, formatLine, formatValue } from "./console";

describe("formatLine", () => {
  it.each<[unknown[], string]>([
    [["a", 1, true, null, undefined], "a 1 true null undefined"],
    [[{ city: "Oslo", days: [1, 2] }], "{ city: 'Oslo', days: [ 1, 2 ] }"],
    [["%s is %d years", "Ada", 36], "Ada is 36 years"],
    [["%i%% of %j", 3.7, { a: 1 }, "more"], '3% of {"a":1} more'],
    [["%s and %s", "one"], "one and %s"],
    [["100%"], "100%"],
    [[12n, Symbol("s")], "12n Symbol(s)"],
    [[], ""],
  ])("formats case %#", (values, text) => {
    expect(formatLine(values)).toBe(text);
  });

  it("cuts a huge line and says by how much", () => {
    const text = formatLine(["x".repeat(RUN_LIMITS.consoleBytes + 5)]);
    expect(text).toHaveLength(RUN_LIMITS.consoleBytes + "… (5 more characters)".length);
    expect(text.endsWith("… (5 more characters)")).toBe(true);
  });
});

describe("formatValue", () => {
  it("never throws", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const throwing = {
      get secret() {
        throw new Error("no");
      },
    };
    for (const value of [
      proxy,
      cyclic,
      throwing,
      () => {},
      class A {},
      new Map([[1, new Set([2])]]),
      Object.create(null),
    ]) {
      expect(typeof formatValue(value)).toBe("string");
    }
  });

  it("shows an error with its stack", () => {
    expect(formatValue(new TypeError("bad"))).toContain("TypeError: bad");
  });
});

describe("captureConsole", () => {
  it("sends every printing method with its level, leaves the others alone, and can be undone", () => {
    const events: ConsoleEvent[] = [];
    const target = { console: globalThis.console };
    const undo = captureConsole((make) => events.push(make()), target);
    target.console.log("a");
    target.console.error("b");
    target.console.assert(false, "c");
    target.console.assert(true, "not this");
    target.console.group();
    undo();
    expect(events.map(({ level, text }) => [level, text])).toEqual([
      ["log", "a"],
      ["error", "b"],
      ["error", "Assertion failed c"],
    ]);
    expect(target.console).toBe(globalThis.console);
  });
});
