import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  flushTraces,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  init,
  MlflowClient,
  type Span,
  trace,
  withSpan,
} from "../index.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";

let server: FakeTrackingServer;
let undo: () => void;

beforeEach(() => {
  server = new FakeTrackingServer();
  undo = server.install();
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterEach(async () => {
  await flushTraces();
  undo();
});

async function spans(): Promise<readonly Span[]> {
  await flushTraces();
  return (await new MlflowClient({ trackingUri: server.uri }).getTrace(getLastActiveTraceId() ?? "")).data.spans;
}

describe("trace() as a wrapper", () => {
  it("keeps sync sync, this, name, length and own properties", async () => {
    function add(this: { base: number }, a: number, b: number): number {
      return this.base + a + b;
    }
    add.unit = "m";
    const traced = trace(add);
    expect(traced.call({ base: 1 }, 2, 3)).toBe(6);
    expect([traced.name, traced.length, traced.unit]).toEqual(["add", 2, "m"]);
    const [span] = await spans();
    expect(span).toMatchObject({ name: "add", inputs: { a: 2, b: 3 }, outputs: 6 });
    expect(span?.getAttribute("mlflow.spanFunctionName")).toBe("add");
  });

  it("names anonymous functions span, and options win", async () => {
    await trace(async () => 1)();
    expect((await spans())[0]?.name).toBe("span");
    trace(() => 1, { name: "named", spanType: "CHAIN", attributes: { k: [1] } })();
    const [span] = await spans();
    expect(span).toMatchObject({ name: "named", spanType: "CHAIN" });
    expect(span?.getAttribute("k")).toEqual([1]);
  });

  it.each([["a string"], [null], [undefined], [Object.create(null)], [0]])("rethrows %s as it is", async (thrown) => {
    const fail = trace(() => {
      throw thrown;
    });
    let caught: unknown = "nothing";
    try {
      fail();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect((await spans())[0]?.status.statusCode).toBe("STATUS_CODE_ERROR");
  });

  it("does not fail on hostile arguments", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const getter = Object.defineProperty({}, "x", { enumerable: true, get: () => Reflect.ownKeys(proxy) });
    const loop: unknown[] = [];
    loop.push(loop);
    const count = trace((...args: unknown[]) => args.length);
    expect(count(proxy, getter, loop, 1n, Symbol("s"), new Map([[{}, 1]]), "x".repeat(10_000_000))).toBe(7);
    expect((await spans())[0]?.outputs).toBe(7);
  });

  it("returns hostile results untouched", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(trace(() => proxy)()).toBe(proxy);
    expect((await spans())[0]?.outputs).toBe("[Unreadable]");
  });
});

describe("trace() of generators", () => {
  const count = trace(async function* count(to: number) {
    for (let n = 1; n <= to; n++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield withSpan(() => n, { name: `step ${n}` });
    }
  });

  it("covers the stream, captures its items and nests what happens inside", async () => {
    const seen: number[] = [];
    for await (const n of count(3)) {
      expect(getCurrentActiveSpan()).toBeNull();
      seen.push(n);
    }
    expect(seen).toEqual([1, 2, 3]);
    const [root, ...children] = await spans();
    expect(root).toMatchObject({ name: "count", inputs: { to: 3 }, outputs: [1, 2, 3] });
    expect(children.map(({ name, parentId }) => [name, parentId === root?.spanId])).toEqual([
      ["step 1", true],
      ["step 2", true],
      ["step 3", true],
    ]);
  });

  it("ends when the consumer breaks, and closes the source", async () => {
    let closed = false;
    const source = trace(function* numbers() {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        closed = true;
      }
    });
    for (const n of source()) if (n === 2) break;
    expect(closed).toBe(true);
    expect((await spans())[0]).toMatchObject({
      name: "numbers",
      outputs: [0, 1, 2],
      status: { statusCode: "STATUS_CODE_OK" },
    });
  });

  it("records a failure half way", async () => {
    const error = new Error("dry");
    const source = trace(async function* well() {
      yield 1;
      throw error;
    });
    const drain = async () => {
      for await (const _ of source());
    };
    await expect(drain()).rejects.toBe(error);
    expect((await spans())[0]?.status).toMatchObject({ statusCode: "STATUS_CODE_ERROR", description: "dry" });
  });
});

describe("trace() as a decorator", () => {
  it("decorates methods in the standard dialect", async () => {
    const decorate = trace({ spanType: "TOOL" });
    class Calculator {
      base = 10;
      add(n: number): number {
        return this.base + n;
      }
    }
    Calculator.prototype.add = decorate(Calculator.prototype.add, { kind: "method", name: "add" });
    expect(new Calculator().add(5)).toBe(15);
    expect((await spans())[0]).toMatchObject({ name: "add", spanType: "TOOL", inputs: { n: 5 }, outputs: 15 });
  });

  it("decorates methods in TypeScript's older dialect", async () => {
    class Calculator {
      readonly base = 0;
      static async twice(n: number): Promise<number> {
        return 2 * n;
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Calculator, "twice");
    Object.defineProperty(Calculator, "twice", trace()(Calculator, "twice", descriptor ?? {}));
    expect(await Calculator.twice(4)).toBe(8);
    expect(Calculator.twice.length).toBe(1);
    expect((await spans())[0]).toMatchObject({ name: "twice", inputs: { n: 4 }, outputs: 8 });
  });
});
