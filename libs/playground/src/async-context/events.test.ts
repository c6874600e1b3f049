import { afterAll, beforeAll, expect, it } from "vitest";
import { AsyncLocalStorage, installAsyncContext } from "./index";

const storage = new AsyncLocalStorage<string>();
let undo = () => {};
beforeAll(() => {
  undo = installAsyncContext();
});
afterAll(() => undo());

/** A target and what its listeners saw: their context, and how often they ran. */
function setUp() {
  const target = new EventTarget();
  const seen: (string | undefined)[] = [];
  const listener = () => void seen.push(storage.getStore());
  const fire = (type = "x") => target.dispatchEvent(new Event(type));
  return { target, seen, listener, fire };
}

it("runs listeners in the context in which they were added", () => {
  const { target, seen, listener, fire } = setUp();
  storage.run("a", () => target.addEventListener("x", listener));
  storage.run("b", () => fire());
  fire();
  expect(seen).toEqual(["a", "a"]);
});

it("passes the event and the receiver to functions and to objects with handleEvent", () => {
  const { target, fire } = setUp();
  const received: unknown[] = [];
  const handler = {
    handleEvent(event: Event) {
      received.push(this === handler, event.type, storage.getStore());
    },
  };
  storage.run("a", () => {
    target.addEventListener("x", handler);
    target.addEventListener("x", function (this: unknown) {
      received.push(this === target);
    });
  });
  fire();
  // The method is looked up at each event.
  handler.handleEvent = () => void received.push("replaced");
  fire();
  expect(received).toEqual([true, "x", "a", true, "replaced", true]);
});

it("adds the same listener once per type and phase, whatever the context", () => {
  const { target, seen, listener, fire } = setUp();
  target.addEventListener("x", listener);
  storage.run("a", () => target.addEventListener("x", listener));
  storage.run("b", () => target.addEventListener("x", listener, { passive: true }));
  fire();
  expect(seen).toEqual(["b"]);
  target.addEventListener("x", listener, true);
  target.addEventListener("y", listener);
  fire();
  fire("y");
  expect(seen.length).toBe(4);
});

it("removes what was added, and only that", () => {
  const { target, seen, listener, fire } = setUp();
  storage.run("a", () => {
    target.addEventListener("x", listener);
    target.addEventListener("x", listener, { capture: true });
  });
  target.removeEventListener("x", listener, { capture: true });
  target.removeEventListener("y", listener);
  fire();
  expect(seen).toEqual(["a"]);
  target.removeEventListener("x", listener);
  target.removeEventListener("x", listener);
  fire();
  expect(seen).toEqual(["a"]);
});

it("keeps once and signal, after which a listener can be added anew", () => {
  const { target, seen, listener, fire } = setUp();
  storage.run("a", () => target.addEventListener("x", listener, { once: true }));
  fire();
  fire();
  storage.run("b", () => target.addEventListener("x", listener, { once: true }));
  fire();
  const controller = new AbortController();
  storage.run("c", () => target.addEventListener("x", listener, { signal: controller.signal }));
  fire();
  controller.abort();
  fire();
  expect(seen).toEqual(["a", "b", "c"]);
});

it("leaves null and wrong listeners to the platform", () => {
  const { target } = setUp();
  expect(() => target.addEventListener("x", null)).not.toThrow();
  expect(() => target.removeEventListener("x", null)).not.toThrow();
  expect(() => EventTarget.prototype.addEventListener.call({} as never, "x", () => {})).toThrow(TypeError);
});

it("removes listeners that were added before the installation", () => {
  undo();
  const { target, seen, listener, fire } = setUp();
  target.addEventListener("x", listener);
  undo = installAsyncContext();
  target.removeEventListener("x", listener);
  fire();
  expect(seen).toEqual([]);
});
