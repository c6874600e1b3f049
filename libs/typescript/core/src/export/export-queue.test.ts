import { describe, expect, it } from "vitest";
import { ExportQueue } from "./export-queue.js";

const LIMITS = { items: 1_000, bytes: 1_000_000, running: 8 };

/** A queue whose items stay until `open` is called. */
function gated(limits: Partial<typeof LIMITS> = {}) {
  const done: number[] = [];
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const queue = new ExportQueue<number>(
    async (n) => {
      await gate;
      done.push(n);
    },
    { ...LIMITS, ...limits },
  );
  return { queue, done, open };
}

describe("ExportQueue", () => {
  it("is bounded in number, and keeps the order of one key", async () => {
    const { queue, done, open } = gated();
    const accepted = Array.from({ length: 1_005 }, (_, n) => queue.add(n % 2 ? "odd" : "even", n, 1));
    expect(accepted.filter(Boolean)).toHaveLength(1_000);
    expect(queue.items()).toHaveLength(1_000);
    open();
    await queue.drained();
    const odd = done.filter((n) => n % 2);
    expect(odd).toEqual([...odd].sort((a, b) => a - b));
    expect(done).toHaveLength(1_000);
  });

  it("is bounded in bytes, and frees them when an item is done", async () => {
    const { queue, done, open } = gated({ bytes: 100 });
    expect(queue.add("a", 1, 60)).toBe(true);
    expect(queue.add("b", 2, 60)).toBe(false);
    expect(queue.add("b", 3, 40)).toBe(true);
    open();
    await queue.drained();
    expect(queue.add("b", 4, 100)).toBe(true);
    await queue.drained();
    expect(done).toEqual([1, 3, 4]);
  });

  it("takes a single item that is larger than all it may hold", async () => {
    const { queue, open } = gated({ bytes: 100 });
    expect(queue.add("a", 1, 1_000)).toBe(true);
    expect(queue.add("b", 2, 1)).toBe(false);
    open();
    await queue.drained();
  });

  it("runs only a few at a time, and nothing within add", async () => {
    let running = 0;
    let most = 0;
    const queue = new ExportQueue<number>(
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
      },
      { ...LIMITS, running: 3 },
    );
    for (let n = 0; n < 20; n++) queue.add(String(n), n, 1);
    expect(running).toBe(0);
    await queue.drained();
    expect(most).toBe(3);
  });

  it("goes on after an item whose work rejects", async () => {
    const done: number[] = [];
    const queue = new ExportQueue<number>(async (n) => {
      if (n === 1) throw new Error("x");
      done.push(n);
    }, LIMITS);
    queue.add("a", 1, 1);
    queue.add("a", 2, 1);
    await queue.drained();
    expect(done).toEqual([2]);
  });
});
