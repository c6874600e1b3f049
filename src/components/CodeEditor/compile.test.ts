import { lower } from "@tracebook/playground/lowering";
import ts from "typescript";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type RequestSource, serveCompile } from "./worker/serve-compile";

/** A worker whose script is what `serve` attaches to it; `fail` is the event of a script that cannot be fetched. */
class FakeWorker extends EventTarget {
  static readonly started: FakeWorker[] = [];
  static serve: (source: RequestSource) => void = () => {};
  readonly seenByMonaco: unknown[] = [];

  constructor() {
    super();
    FakeWorker.started.push(this);
    FakeWorker.serve(this.scope as unknown as RequestSource);
    this.scope.addEventListener("message", (event) => this.seenByMonaco.push((event as MessageEvent).data));
  }
  private readonly scope = new EventTarget();

  postMessage(data: unknown, ports: MessagePort[] = []): void {
    this.scope.dispatchEvent(Object.assign(new Event("message"), { data, ports }));
  }
  fail(message?: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("Worker", FakeWorker);
  FakeWorker.started.length = 0;
  FakeWorker.serve = (source) => serveCompile(source, (path, text, options) => lower(ts, path, text, options));
});
afterEach(() => vi.unstubAllGlobals());

const load = async () => (await import("./compile")).compileInWorker;

it("starts no worker before it is called, and one for all calls", async () => {
  const compile = await load();
  expect(FakeWorker.started).toHaveLength(0);
  const [one, other] = await Promise.all([compile("main.ts", "await 1;", true), compile("b.ts", "export {};", false)]);
  expect(one).toMatchObject({ ok: true, file: { code: expect.stringContaining("__main") } });
  expect(other).toMatchObject({ ok: true });
  expect(FakeWorker.started).toHaveLength(1);
});

it("gives the problems of the source with their places", async () => {
  const compile = await load();
  expect(await compile("main.ts", "const a = 1;\n\nconst b = ;\n", true)).toMatchObject({
    ok: false,
    problems: [{ at: { file: "main.ts", line: 3, column: 11 } }],
  });
});

it("keeps its requests from Monaco and leaves Monaco its own", async () => {
  const compile = await load();
  await compile("main.ts", "1;", true);
  const [worker] = FakeWorker.started;
  worker?.postMessage("ignore");
  worker?.postMessage(null);
  expect(worker?.seenByMonaco).toEqual(["ignore", null]);
});

it("rejects when the compiler breaks, and the worker lives on", async () => {
  FakeWorker.serve = (source) =>
    serveCompile(source, (_path, text) => {
      if (text === "bad") throw new Error("out of memory");
      return { ok: false, problems: [] };
    });
  const compile = await load();
  await expect(compile("main.ts", "bad", true)).rejects.toThrow("out of memory");
  expect(await compile("main.ts", "good", true)).toEqual({ ok: false, problems: [] });
});

it("rejects when the worker cannot be loaded, and starts another for the next call", async () => {
  const { serve } = FakeWorker;
  FakeWorker.serve = () => {};
  const compile = await load();
  const waiting = [compile("main.ts", "1;", true), compile("main.ts", "2;", true)];
  await vi.waitFor(() => expect(FakeWorker.started).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve));
  FakeWorker.started[0]?.fail();
  for (const result of waiting) await expect(result).rejects.toThrow("could not be loaded");
  FakeWorker.serve = serve;
  expect(await compile("main.ts", "1;", true)).toMatchObject({ ok: true });
  expect(FakeWorker.started).toHaveLength(2);
});

it("does not give a worker up for an error in code that runs", async () => {
  const compile = await load();
  await compile("main.ts", "1;", true);
  FakeWorker.started[0]?.fail("Uncaught Error: of Monaco's");
  await compile("main.ts", "2;", true);
  expect(FakeWorker.started).toHaveLength(1);
});
