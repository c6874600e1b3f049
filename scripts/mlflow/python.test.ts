import { describe, expect, it } from "vitest";
import { askPython, findPython, isNewEnough } from "./python.mjs";

describe("isNewEnough", () => {
  it.each(["3.10.0", "3.10", "3.11.7\n", "3.14.0rc1", "4.0"])("takes %j", (version) => {
    expect(isNewEnough(version)).toBe(true);
  });
  it.each(["3.9.18", "2.7.18", "3", "", "Python 3.11", "three"])("refuses %j", (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});

describe("findPython", () => {
  it("prefers python3, and looks on when that is too old or missing", () => {
    expect(findPython(() => "3.12.1")).toBe("python3");
    expect(findPython((name: string) => (name === "python3" ? "3.8.2" : "3.12.1"))).toBe("python");
    expect(findPython((name: string) => (name === "python3" ? undefined : "3.10.0"))).toBe("python");
    expect(findPython(() => undefined)).toBeUndefined();
  });
});

describe("askPython", () => {
  it("is undefined for a Python that does not exist, or a program that fails", () => {
    expect(askPython("no-such-python", "print(1)")).toBeUndefined();
    // Node.js takes `-c` too, and finds no such file.
    expect(askPython(process.execPath, "no-such-file")).toBeUndefined();
  });
});
