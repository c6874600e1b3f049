import { AsyncLocalStorage } from "node:async_hooks";
import { createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { platform } from "./index.js";

const KEY = createContextKey("test");
const one = ROOT_CONTEXT.setValue(KEY, 1);

afterEach(() => Reflect.deleteProperty(globalThis, "AsyncLocalStorage"));

describe("a browser without AsyncLocalStorage", () => {
  it("keeps the context on the call stack, and restores it after an error", () => {
    const manager = platform.createContextManager();
    const two = ROOT_CONTEXT.setValue(KEY, 2);
    manager.with(one, () => {
      expect(() =>
        manager.with(two, () => {
          expect(manager.active()).toBe(two);
          throw new Error("x");
        }),
      ).toThrow("x");
      expect(manager.active()).toBe(one);
    });
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it("loses it after an await, and bind brings it back", async () => {
    const manager = platform.createContextManager();
    const bound = manager.bind(one, () => manager.active());
    await manager.with(one, async () => {
      await Promise.resolve();
      expect(manager.active()).toBe(ROOT_CONTEXT);
      expect(bound()).toBe(one);
    });
  });
});

describe("a browser whose host brings an AsyncLocalStorage", () => {
  it("keeps the context across awaits", async () => {
    Object.assign(globalThis, { AsyncLocalStorage });
    const manager = platform.createContextManager();
    const seen = await Promise.all(
      [1, 2, 3].map((n) =>
        manager.with(ROOT_CONTEXT.setValue(KEY, n), async () => {
          await new Promise((resolve) => setTimeout(resolve, 4 - n));
          return manager.active().getValue(KEY);
        }),
      ),
    );
    expect(seen).toEqual([1, 2, 3]);
    const object = {
      value: 7,
      get: manager.bind(one, function (this: { value: number }) {
        return [this.value, manager.active()];
      }),
    };
    expect(object.get()).toEqual([7, one]);
  });
});
