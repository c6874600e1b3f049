import { describe, expect, it } from "vitest";
import { describeFailure } from "./failure";

describe("describeFailure", () => {
  it("keeps name, message and stack", () => {
    const failure = describeFailure(new RangeError("too far"), "thrown");
    expect(failure).toMatchObject({ type: "error", kind: "thrown", name: "RangeError", message: "too far" });
    expect(failure.stack).toContain("failure.test");
  });

  it.each([
    ["boom", "Thrown string", "boom"],
    [42, "Thrown number", "42"],
    [null, "Thrown object", "null"],
    [undefined, "Thrown undefined", "undefined"],
    [{ code: 7 }, "Error", "{ code: 7 }"],
  ])("describes %j, which is no error", (thrown, name, message) => {
    expect(describeFailure(thrown, "thrown")).toMatchObject({ name, message });
  });

  it("survives hostile errors", () => {
    const hostile = Object.defineProperty(new Error("x"), "message", {
      get() {
        throw new Error("no");
      },
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(describeFailure(hostile, "rejection").name).toBe("Error");
    expect(describeFailure(proxy, "rejection").kind).toBe("rejection");
    expect(describeFailure(new Error("x".repeat(10_000_000)), "thrown").message).toHaveLength(20_000);
  });
});
