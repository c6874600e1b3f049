// biome-ignore-all lint/suspicious/noThenProperty: thenables are what is tested
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AsyncLocalStorage, AsyncResource, executionAsyncId, installAsyncContext, triggerAsyncId } from "./index";
import { __awaiter } from "./tslib";

let undo = () => {};
beforeAll(() => {
  undo = installAsyncContext();
});
afterAll(() => undo());

describe("AsyncLocalStorage", () => {
  it("sets a store for a call, passes arguments and restores, also after a throw", () => {
    const storage = new AsyncLocalStorage<number>();
    expect(storage.run(1, (a: number, b: string) => [storage.getStore(), a, b], 2, "x")).toEqual([1, 2, "x"]);
    const fail = () =>
      storage.run(1, () => {
        throw new Error("inside");
      });
    expect(fail).toThrow("inside");
    expect(storage.getStore()).toBeUndefined();
  });

  it("nests, leaves and is independent of other storages", () => {
    const [a, b] = [new AsyncLocalStorage<string>(), new AsyncLocalStorage<string>()];
    a.run("outer", () => {
      b.run("other", () => {
        a.run("inner", () => expect([a.getStore(), b.getStore()]).toEqual(["inner", "other"]));
        a.exit(() => expect([a.getStore(), b.getStore()]).toEqual([undefined, "other"]));
        expect([a.getStore(), b.getStore()]).toEqual(["outer", "other"]);
      });
      expect(b.getStore()).toBeUndefined();
    });
  });

  it("has a default and tells it from a store that is undefined", () => {
    const storage = new AsyncLocalStorage<number | undefined>({ defaultValue: 7, name: "n" });
    expect([storage.name, storage.getStore()]).toEqual(["n", 7]);
    expect(storage.run(undefined, () => storage.getStore())).toBeUndefined();
    expect(storage.exit(() => storage.getStore())).toBeUndefined();
  });

  it("binds and takes snapshots", () => {
    const storage = new AsyncLocalStorage<number>();
    const receiver = { name: "me" };
    const [bound, snapshot] = storage.run(
      1,
      () =>
        [
          AsyncLocalStorage.bind(function (this: unknown, x: number) {
            return [this, x, storage.getStore()];
          }),
          AsyncLocalStorage.snapshot(),
        ] as const,
    );
    storage.run(2, () => {
      expect(bound.call(receiver, 5)).toEqual([receiver, 5, 1]);
      expect(snapshot((x: number) => [x, storage.getStore()], 6)).toEqual([6, 1]);
      expect(storage.getStore()).toBe(2);
    });
  });

  it("enters for the rest of the job and what it starts, not for other jobs", async () => {
    const storage = new AsyncLocalStorage<number>();
    const seen: unknown[] = [];
    const started = new Promise<void>((resolve) => {
      setTimeout(() => {
        storage.enterWith(1);
        seen.push(storage.getStore());
        setTimeout(() => {
          seen.push(storage.getStore());
          resolve();
        }, 2);
      }, 1);
    });
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        seen.push(storage.getStore());
        resolve();
      }, 2);
    });
    await started;
    expect(seen).toEqual([1, undefined, 1]);
    expect(storage.getStore()).toBeUndefined();
  });

  it("forgets every store when it is disabled, and works again", () => {
    const storage = new AsyncLocalStorage<number>();
    storage.run(1, () => {
      storage.disable();
      expect(storage.getStore()).toBeUndefined();
      expect(storage.run(2, () => storage.getStore())).toBe(2);
    });
  });
});

describe("promises", () => {
  const storage = new AsyncLocalStorage<string>();
  const here = () => storage.getStore();

  it("run reactions where they were registered, not where the promise was settled", async () => {
    let settle: (value: number) => void = () => {};
    const promise = new Promise<number>((resolve) => {
      settle = resolve;
    });
    const seen = storage.run("a", () => promise.then(here));
    const without = promise.then(here);
    storage.run("b", () => settle(1));
    expect(await Promise.all([seen, without])).toEqual(["a", undefined]);
  });

  it("open thenables in the context of whoever hands them over", async () => {
    const thenable = () => ({ then: (resolve: (value: unknown) => void) => resolve(here()) });
    const results = storage.run("a", () => [
      Promise.resolve(thenable()),
      Promise.resolve().then(thenable),
      Promise.reject(new Error("expected")).catch(thenable),
      Promise.all([thenable()]),
      __awaiter(undefined, undefined, undefined, function* () {
        return yield thenable();
      }),
      __awaiter(
        undefined,
        undefined,
        undefined, // biome-ignore lint/correctness/useYield: an async function that only returns
        function* () {
          return thenable();
        },
      ),
    ]);
    expect(await Promise.all(results)).toEqual(["a", "a", "a", ["a"], "a", "a"]);
  });

  it("leave promises and their classes what they are", async () => {
    class Special extends Promise<number> {}
    const special = Special.resolve(1);
    await storage.run("a", () => {
      expect(Special.resolve(special)).toBe(special);
      expect(Promise.resolve(special)).not.toBe(special);
      expect(special.then(here)).toBeInstanceOf(Special);
      const plain = Promise.resolve(1);
      expect(Promise.resolve(plain)).toBe(plain);
      expect(() => Promise.prototype.then.call({} as never, here)).toThrow(TypeError);
      return plain.then(undefined, 5 as never).then((value) => expect(value).toBe(1));
    });
    const getter = {
      get then(): never {
        throw new Error("getter");
      },
    };
    await expect(storage.run("a", () => Promise.resolve(getter))).rejects.toThrow("getter");
    const value = { then: 1 };
    expect(await storage.run("a", () => Promise.resolve(value))).toBe(value);
  });
});

describe("schedulers", () => {
  it.each(["setTimeout", "setImmediate", "queueMicrotask"] as const)("%s keeps context and arguments", async (name) => {
    const storage = new AsyncLocalStorage<number>();
    const schedule: (callback: () => void) => void = globalThis[name];
    const seen = await new Promise((resolve) => {
      storage.run(1, () => schedule(() => resolve(storage.getStore())));
    });
    expect(seen).toBe(1);
  });

  it("keep handles", async () => {
    const storage = new AsyncLocalStorage<number>();
    let fired = false;
    const timer = storage.run(1, () => setTimeout((value: boolean) => (fired = value), 1, true));
    clearTimeout(timer);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(fired).toBe(false);
  });
});

describe("AsyncResource", () => {
  it("runs callbacks in the context of its construction", () => {
    const storage = new AsyncLocalStorage<number>();
    const resource = storage.run(1, () => new AsyncResource("Job"));
    const receiver = {};
    const callback = function (this: unknown, x: number) {
      return [this, x, storage.getStore(), executionAsyncId(), triggerAsyncId()];
    };
    expect(resource.runInAsyncScope(callback, receiver, 2)).toEqual([receiver, 2, 1, resource.asyncId(), 1]);
    expect(resource.bind(callback).call(receiver, 3).slice(0, 3)).toEqual([receiver, 3, 1]);
    expect(
      storage
        .run(4, () => AsyncResource.bind(callback, "T", receiver))
        .call({}, 5)
        .slice(0, 3),
    ).toEqual([receiver, 5, 4]);
    expect([executionAsyncId(), triggerAsyncId(), storage.getStore()]).toEqual([1, 0, undefined]);
    expect(resource.emitDestroy()).toBe(resource);
    expect(new AsyncResource("Child", { triggerAsyncId: 9 }).triggerAsyncId()).toBe(9);
    expect(() => new AsyncResource(5 as never)).toThrow(TypeError);
  });
});
