import { describe, expect, it } from "vitest";
import { trackActivity } from "./activity";

/** Timers that the test fires by hand. */
function fakeHost() {
  const callbacks = new Map<number, () => void>();
  let ids = 0;
  const set = (callback: () => void) => {
    callbacks.set(++ids, callback);
    return ids;
  };
  const clear = (id: number) => void callbacks.delete(id);
  const host = { setTimeout: set, setInterval: set, clearTimeout: clear, clearInterval: clear };
  return {
    host: host as unknown as NonNullable<Parameters<typeof trackActivity>[0]>,
    fire: (id: number) => callbacks.get(id)?.(),
  };
}

type Start = (callback: (...args: unknown[]) => void, ms?: number) => number;

describe("trackActivity", () => {
  it("counts a timeout until it has fired or is cleared", () => {
    const { host, fire } = fakeHost();
    const activity = trackActivity(host);
    const start = host.setTimeout as unknown as Start;
    const first = start(() => {});
    const second = start(() => {});
    expect(activity.count()).toBe(2);
    fire(first);
    (host.clearTimeout as unknown as (id: number) => void)(second);
    expect(activity.count()).toBe(0);
  });

  it("counts an interval for as long as it is not cleared", () => {
    const { host, fire } = fakeHost();
    const activity = trackActivity(host);
    const id = (host.setInterval as unknown as Start)(() => {});
    fire(id);
    fire(id);
    expect(activity.count()).toBe(1);
  });

  it("counts requests and sleeps until they settle, also when they fail", async () => {
    const { host } = fakeHost();
    const activity = trackActivity(host);
    let fail: (error: Error) => void = () => {};
    const fetch = activity.trackFetch(() => new Promise((_resolve, reject) => (fail = reject)));
    const answer = fetch("https://api.example");
    expect(activity.count()).toBe(1);
    fail(new Error("reset"));
    await expect(answer).rejects.toThrow("reset");
    expect(activity.count()).toBe(0);

    const clock = activity.trackClock({ now: () => 0, sleep: () => Promise.resolve() });
    const sleep = clock.sleep(5);
    expect(activity.count()).toBe(1);
    await sleep;
    expect(activity.count()).toBe(0);
  });

  it("undoes its patches", () => {
    const { host } = fakeHost();
    const before = { ...host };
    trackActivity(host).undo();
    expect({ ...host }).toEqual(before);
  });
});
