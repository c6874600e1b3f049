import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { AsyncLocalStorage, installAsyncContext } from "./index";

// biome-ignore-start lint/suspicious/noThenProperty: only natively named
const natives = () => ({
  then: Promise.prototype.then,
  resolve: Promise.resolve,
  setTimeout: globalThis.setTimeout,
  nextTick: process.nextTick,
  add: EventTarget.prototype.addEventListener,
  storage: Reflect.get(globalThis, "AsyncLocalStorage"),
});

// biome-ignore-end lint/suspicious/noThenProperty: as above
const before = natives();
const undos: (() => void)[] = [];
const install = (global?: typeof globalThis) => {
  const undo = installAsyncContext(global);
  undos.push(undo);
  return undo;
};
afterEach(() => {
  for (const undo of undos.splice(0)) undo();
  expect(natives()).toEqual(before);
});

describe("installAsyncContext", () => {
  it("puts the storage on the global object and takes everything back", () => {
    const undo = install();
    expect(Reflect.get(globalThis, "AsyncLocalStorage")).toBe(AsyncLocalStorage);
    expect(Promise.prototype.then).not.toBe(before.then);
    undo();
    expect(natives()).toEqual(before);
  });

  it("counts its users, each of whom can undo once", () => {
    const first = install();
    const patched = natives();
    const second = install();
    expect(natives()).toEqual(patched);
    first();
    first();
    expect(natives()).toEqual(patched);
    second();
    expect(natives()).toEqual(before);
  });

  it("keeps names, lengths, enumerability and the promise forms of timers", async () => {
    const describeAll = () =>
      [Promise.prototype.then, Promise.resolve, setTimeout, queueMicrotask].map(({ name, length }) => ({
        name,
        length,
      }));
    const shape = () => Object.getOwnPropertyDescriptor(Promise.prototype, "then")?.enumerable;
    const expected = [describeAll(), shape()];
    install();
    expect([describeAll(), shape()]).toEqual(expected);
    expect(await promisify(setTimeout)(1, "value")).toBe("value");
  });

  it("follows process.nextTick, which the test runner itself resets", async () => {
    install();
    const storage = new AsyncLocalStorage<number>();
    const seen = await new Promise((resolve) => {
      storage.run(1, () => process.nextTick((a: string) => resolve([a, storage.getStore()]), "a"));
    });
    expect(seen).toEqual(["a", 1]);
  });

  it("replaces a global variable that cannot be redefined", () => {
    const realm = { Promise: class extends Promise<unknown> {} };
    Object.defineProperty(realm, "AsyncLocalStorage", { value: 1, writable: true });
    const undo = install(realm as unknown as typeof globalThis);
    expect(Reflect.get(realm, "AsyncLocalStorage")).toBe(AsyncLocalStorage);
    undo();
    expect(Reflect.get(realm, "AsyncLocalStorage")).toBe(1);
  });

  it("does not tear away what others have put on top", () => {
    const undo = install();
    const patched = globalThis.queueMicrotask;
    const theirs: typeof queueMicrotask = (callback) => patched(callback);
    globalThis.queueMicrotask = theirs;
    undo();
    expect(globalThis.queueMicrotask).toBe(theirs);
    Object.defineProperty(globalThis, "queueMicrotask", { value: patched, configurable: true, writable: true });
  });

  it("copes with a realm that has little", () => {
    class Bare extends Promise<unknown> {}
    const realm = { Promise: Bare } as unknown as typeof globalThis;
    install(realm)();
    expect(Object.keys(realm)).toEqual(["Promise"]);
  });
});
