import { afterEach, describe, expect, it, vi } from "vitest";
import { hrTimeToMs, hrTimeToNs, nowNs, nsToHrTime } from "./clock.js";

afterEach(() => vi.unstubAllGlobals());

describe("the clock", () => {
  it("only ever goes forward, even when the host's clock does not", () => {
    const readings = Array.from({ length: 1_000 }, () => nowNs());
    expect(readings.every((ns, at) => at === 0 || ns > (readings[at - 1] ?? ns))).toBe(true);
    const before = nowNs();
    vi.stubGlobal("performance", { timeOrigin: 0, now: () => 0 });
    expect(nowNs()).toBe(before + 1n);
    vi.stubGlobal("performance", undefined);
    expect(nowNs()).toBeGreaterThan(before);
  });

  it("looks the host's clock up at each call, to the nanosecond", () => {
    vi.stubGlobal("performance", { timeOrigin: 4_000_000_000_000.25, now: () => 1.000001 });
    expect(nowNs()).toBe(4_000_000_000_001_250_001n);
  });

  it("converts without loss", () => {
    expect(nsToHrTime(1795383859075081230n)).toEqual([1795383859, 75081230]);
    expect(hrTimeToNs([1795383859, 75081230])).toBe(1795383859075081230n);
    expect(hrTimeToMs([1, 999_999_999])).toBe(1999);
    expect(nsToHrTime(1e18)).toEqual([1_000_000_000, 0]);
  });
});
