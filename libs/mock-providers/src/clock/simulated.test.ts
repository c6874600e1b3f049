import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as realSleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installSimulatedTime, type SimulatedTime } from "./index";

const before = {
  Date,
  setTimeout,
  setInterval,
  clearTimeout,
  clearInterval,
  now: Date.now,
  timeout: AbortSignal.timeout,
};
const realNow = Date.now.bind(Date);
let time: SimulatedTime;

beforeEach(() => {
  time = installSimulatedTime();
});
afterEach(() => time.uninstall());

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Runs `action` and says how much time passed, simulated and really. */
async function measure(action: () => Promise<unknown>): Promise<{ simulated: number; real: number }> {
  const [start, realStart] = [time.clock.now(), realNow()];
  await action();
  return { simulated: time.clock.now() - start, real: realNow() - realStart };
}

describe("installSimulatedTime", () => {
  it("lets the latency of mocks pass at once", async () => {
    const { simulated, real } = await measure(() => time.clock.sleep(60_000));
    expect(simulated).toBeGreaterThanOrEqual(60_000);
    expect(simulated).toBeLessThan(70_000);
    expect(real).toBeLessThan(10_000);
  });

  it("moves every clock by the same amount", async () => {
    const read = () => [Date.now(), Date.parse(new Date().toISOString()), performance.now(), time.clock.now()];
    const earlier = read();
    await time.clock.sleep(3_600_000);
    read().forEach((now, index) => {
      const moved = now - (earlier[index] ?? 0);
      expect(moved).toBeGreaterThanOrEqual(3_599_999);
      expect(moved).toBeLessThan(3_610_000);
    });
    expect(Math.abs(performance.timeOrigin + performance.now() - Date.now())).toBeLessThan(2_000);
  });

  it("never goes back", async () => {
    const seen: number[] = [];
    const look = () => seen.push(Date.now());
    await Promise.all([1, 5, 20, 3].map((ms) => time.clock.sleep(ms).then(look)));
    for (let turn = 0; turn < 200; turn++) look();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it("lets the program's shorter timer win over a mock", async () => {
    const llmCall = time.clock.sleep(400_000).then(() => "llm");
    const { simulated, real } = await measure(async () => {
      expect(await Promise.race([llmCall, sleep(100_000).then(() => "timer")])).toBe("timer");
    });
    expect(simulated).toBeGreaterThanOrEqual(99_999);
    expect(simulated).toBeLessThan(300_000);
    expect(real).toBeLessThan(10_000);
    expect(await llmCall).toBe("llm");
  });

  it("lets a shorter latency win over the program's timer", async () => {
    const winner = await Promise.race([time.clock.sleep(100).then(() => "llm"), sleep(400_000).then(() => "timer")]);
    expect(winner).toBe("llm");
  });

  it("keeps sleeps and timers in the order of their due times, then of their creation", async () => {
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const second = 100_000;
    setTimeout(note("timer 6"), 6 * second);
    await Promise.all([
      time.clock.sleep(4 * second).then(note("sleep 4")),
      time.clock.sleep(2 * second).then(note("sleep 2")),
      time.clock.sleep(5 * second).then(note("sleep 5")),
      time.clock.sleep(9 * second).then(note("sleep 9")),
      sleep(1 * second).then(note("timer 1")),
      sleep(7 * second).then(note("timer 7")),
      sleep(2 * second)
        .then(() => sleep(second))
        .then(note("nested 3")),
    ]);
    expect(order).toEqual(["timer 1", "sleep 2", "nested 3", "sleep 4", "sleep 5", "timer 6", "timer 7", "sleep 9"]);
  });

  it("fires an interval as often as its time fits", async () => {
    let ticks = 0;
    const interval = setInterval(() => ticks++, 100_000);
    await time.clock.sleep(1_050_000);
    clearInterval(interval);
    expect(ticks).toBe(10);
    await time.clock.sleep(500_000);
    expect(ticks).toBe(10);
  });

  it("lets the program's timers take real time while no mock is at work", async () => {
    let fired = false;
    const timer = setTimeout(() => {
      fired = true;
    }, 3_600_000);
    await realSleep(60);
    expect(fired).toBe(false);
    const { real } = await measure(() => sleep(40));
    expect(real).toBeGreaterThanOrEqual(35);
    clearTimeout(timer);
  });

  it("shortens what is left of a timer by the time that was skipped, once", async () => {
    const { simulated } = await measure(async () => {
      const fired = sleep(100_040);
      await time.clock.sleep(100_000);
      const { real } = await measure(() => fired);
      expect(real).toBeLessThan(20_000);
    });
    expect(simulated).toBeGreaterThanOrEqual(100_039);
  });

  it("aborts a sleep with the signal's reason", async () => {
    const controller = new AbortController();
    const sleeping = time.clock.sleep(1e9, controller.signal);
    controller.abort(new Error("stop"));
    await expect(sleeping).rejects.toThrow("stop");
    await expect(time.clock.sleep(5, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    const { simulated } = await measure(() => time.clock.sleep(10));
    expect(simulated).toBeLessThan(1e6);
  });

  it("lets AbortSignal.timeout fire in simulated time", async () => {
    await expect(time.clock.sleep(60_000, AbortSignal.timeout(5_000))).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("surfaces what a timer callback throws and goes on", async () => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", listener);
    setTimeout(() => {
      throw new Error("in timer");
    }, 10);
    await time.clock.sleep(1000);
    await realSleep(5);
    process.removeListener("uncaughtException", listener);
    for (const other of others) process.on("uncaughtException", other);
    expect(uncaught).toMatchObject([{ message: "in timer" }]);
    await time.clock.sleep(10);
  });

  it("keeps the async context of whoever set a timer", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const look = () => void seen.push(storage.getStore());
    storage.run("a", () => setTimeout(look, 10));
    storage.run("b", () => setTimeout(look, 20));
    const interval = storage.run("c", () => setInterval(look, 40));
    await storage.run("d", () => time.clock.sleep(100).then(look));
    clearInterval(interval);
    expect(seen).toEqual(["a", "b", "c", "c", "d"]);
  });

  it("passes arguments on, returns handles that can be cleared, unref'd and refreshed", async () => {
    const seen: unknown[] = [];
    setTimeout((...args: unknown[]) => seen.push(args), 5, 1, "two");
    const cleared = setTimeout(() => seen.push("cleared"), 5);
    clearTimeout(cleared);
    clearTimeout(undefined);
    const handle = setTimeout(() => seen.push("late"), 50);
    expect(handle.unref().hasRef()).toBe(false);
    expect(handle.ref().hasRef()).toBe(true);
    await time.clock.sleep(40);
    handle.refresh();
    await time.clock.sleep(40);
    expect(seen).toEqual([[1, "two"]]);
    clearTimeout(Number(handle));
    await time.clock.sleep(100);
    expect(seen).toEqual([[1, "two"]]);
    expect(await Promise.race([promisify(setTimeout)(20, "value"), time.clock.sleep(5000)])).toBe("value");
  });

  it("treats delays that are none as the shortest", async () => {
    const fired: string[] = [];
    for (const delay of [undefined, Number.NaN, -5, 1e12, "7"])
      setTimeout(() => fired.push(String(delay)), delay as number);
    await time.clock.sleep(100);
    expect(fired).toEqual(["undefined", "NaN", "-5", "1000000000000", "7"]);
  });

  it("leaves Date a Date", () => {
    class Holiday extends Date {}
    expect(new Date(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
    expect(new Date(2020, 1, 2).getMonth()).toBe(1);
    expect(typeof Date()).toBe("string");
    expect(new Holiday()).toBeInstanceOf(Holiday);
    expect(new before.Date()).toBeInstanceOf(Date);
    expect(new Date().constructor).toBe(Date);
    expect(Date.UTC(1970, 0)).toBe(0);
    expect(Math.abs(new Holiday().getTime() - Date.now())).toBeLessThan(1000);
  });

  it("does not skew time twice when installed twice", async () => {
    const again = installSimulatedTime();
    expect(again).toBe(time);
    const { simulated } = await measure(() => again.clock.sleep(50_000));
    expect(simulated).toBeLessThan(90_000);
  });
});

describe("uninstall", () => {
  it("puts everything back and lets what is pending run on", async () => {
    const pending = sleep(20);
    time.uninstall();
    const after = {
      Date,
      setTimeout,
      setInterval,
      clearTimeout,
      clearInterval,
      now: Date.now,
      timeout: AbortSignal.timeout,
    };
    expect(after).toEqual(before);
    expect(Object.hasOwn(performance, "now")).toBe(false);
    expect(new Date().constructor).toBe(before.Date);
    await pending;
  });

  it("leaves alone what somebody else has patched since", () => {
    const ours = globalThis.setTimeout;
    const theirs = ((...args: Parameters<typeof setTimeout>) => ours(...args)) as typeof setTimeout;
    globalThis.setTimeout = theirs;
    time.uninstall();
    expect(globalThis.setTimeout).toBe(theirs);
    globalThis.setTimeout = before.setTimeout;
  });
});

describe("in a browser", () => {
  /** A global without `setImmediate` and with numbers for timers. */
  function browser(): typeof globalThis {
    const timers = new Map<number, NodeJS.Timeout>();
    const global = {
      Date: class extends before.Date {},
      performance: { now: () => realNow(), timeOrigin: 0 },
      setTimeout: (run: () => void, ms: number) => timers.set(timers.size + 1, before.setTimeout(run, ms)).size,
      clearTimeout: (id: number) => before.clearTimeout(timers.get(id)),
      setInterval: before.setInterval,
      clearInterval: before.clearInterval,
      MessageChannel,
      AbortSignal: class {},
    };
    return global as unknown as typeof globalThis;
  }

  it("works by message channels and counts timers by numbers", async () => {
    const global = browser();
    const simulated = installSimulatedTime(global);
    const order: string[] = [];
    const id: unknown = global.setTimeout(() => order.push("timer"), 100_000);
    expect(typeof id).toBe("number");
    const cleared = global.setTimeout(() => order.push("cleared"), 50_000);
    global.clearTimeout(cleared);
    const start = global.Date.now();
    await simulated.clock.sleep(400_000);
    expect(order).toEqual(["timer"]);
    expect(global.Date.now() - start).toBeGreaterThanOrEqual(399_999);
    simulated.uninstall();
  });

  it("still clears the timers of before", async () => {
    const global = browser();
    let fired = false;
    const early = global.setTimeout(() => {
      fired = true;
    }, 10);
    const simulated = installSimulatedTime(global);
    global.clearTimeout(early);
    await realSleep(30);
    expect(fired).toBe(false);
    simulated.uninstall();
  });
});
