import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { instantClock, realClock } from "../clock";
import type { Exchange, MockChunk, MockClock, MockRequest, MockService } from "../contract";
import { createApp, createMockFetch } from "./index";

function echo(chunks: MockChunk[], seen: MockRequest[] = [], status = 200): MockService {
  return {
    name: "echo",
    title: "Echo",
    hosts: ["echo.test", "echo.test:8080"],
    handle(request) {
      seen.push(request);
      return { status, headers: { "content-type": "text/plain", "x-kept": "1" }, chunks };
    },
  };
}

/** A clock whose sleeps end when told to; it remembers what was asked of it. */
function manualClock(): MockClock & { asked: number[]; advance(): void } {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  let time = 1_000_000;
  return {
    asked,
    advance: () => waiting.shift()?.(),
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        asked.push(ms);
        signal?.addEventListener("abort", () => reject(signal.reason));
        waiting.push(() => {
          time += ms;
          resolve();
        });
      }),
  };
}

function setUp(chunks: MockChunk[], clock: MockClock = instantClock, status?: number) {
  const exchanges: Exchange[] = [];
  const seen: MockRequest[] = [];
  const fetch = createMockFetch({
    services: [echo(chunks, seen, status)],
    clock,
    onExchange: (e) => exchanges.push(e),
  });
  return { fetch, exchanges, seen };
}

const HELLO = [{ data: "hello", delayMs: 5 }];
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("createMockFetch", () => {
  it.each([
    ["a string", "https://echo.test/a?b=1"],
    ["a URL", new URL("https://echo.test/a?b=1")],
    ["a Request", new Request("https://echo.test/a?b=1")],
  ])("accepts %s", async (_name, input) => {
    const { fetch, seen } = setUp(HELLO);
    const response = await fetch(input);
    expect(await response.text()).toBe("hello");
    expect(response.url).toBe("https://echo.test/a?b=1");
    expect(response.headers.get("x-kept")).toBe("1");
    expect(seen[0]).toMatchObject({ method: "GET", body: null });
    expect(seen[0]?.url.searchParams.get("b")).toBe("1");
  });

  it("lets init override a Request, lowers header names, and hands text and bytes over as such", async () => {
    const { fetch, seen } = setUp(HELLO);
    await fetch(new Request("https://echo.test:8080/"), { method: "PUT", headers: { "X-UP": "1" }, body: "\ufeffä" });
    await fetch("https://echo.test/", { method: "POST", body: new Uint8Array([0xff, 0xfe, 0]) });
    expect(seen[0]).toMatchObject({ method: "PUT", headers: { "x-up": "1" }, body: "\ufeffä" });
    expect(seen[1]?.body).toEqual(new Uint8Array([0xff, 0xfe, 0]));
  });

  it("refuses hosts that it does not know, by name, and reports it", async () => {
    const { fetch, exchanges, seen } = setUp(HELLO);
    const error = await fetch("https://evil.test/x", { method: "POST", body: "data" }).catch((e) => e);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain("evil.test");
    expect(error.message).toContain("echo.test, echo.test:8080");
    expect(exchanges).toMatchObject([{ id: 1, service: null, status: 0, requestBody: "data", error: error.message }]);
    expect(seen).toEqual([]);
  });

  it.each(["https://echo.test:9/", "http://echo.test.evil.test/", "https://sub.echo.test/", "data:text/plain,x"])(
    "does not take %s for a known host",
    async (url) => {
      const { fetch } = setUp(HELLO);
      await expect(fetch(url)).rejects.toBeInstanceOf(TypeError);
    },
  );

  it("rejects an address that is none", async () => {
    await expect(setUp(HELLO).fetch("::::")).rejects.toBeInstanceOf(TypeError);
  });

  it("masks secrets in what it reports, not in what the service gets", async () => {
    const { fetch, exchanges, seen } = setUp(HELLO);
    await fetch("https://echo.test/", { headers: { "X-Api-Key": "sk-1", Authorization: "Bearer t", accept: "a" } });
    expect(seen[0]?.headers).toMatchObject({ "x-api-key": "sk-1", authorization: "Bearer t" });
    expect(exchanges[0]?.requestHeaders).toMatchObject({ "x-api-key": "***", authorization: "***", accept: "a" });
    expect(JSON.stringify(exchanges)).not.toMatch(/sk-1|Bearer/);
  });

  it("masks a key in the address, and shows a compressed body as what it says", async () => {
    const { fetch, exchanges, seen } = setUp(HELLO);
    const body = gzipSync(JSON.stringify({ resourceSpans: [] }));
    await fetch("https://echo.test/v1?alt=sse&key=AIza-1", {
      method: "POST",
      body,
      headers: { "x-goog-api-key": "AIza-1", "content-encoding": "gzip" },
    });
    await fetch("https://echo.test/", { method: "POST", body: "cut", headers: { "content-encoding": "gzip" } });
    expect(seen[0]?.url.searchParams.get("key")).toBe("AIza-1");
    expect(exchanges[0]).toMatchObject({
      url: "https://echo.test/v1?alt=sse&key=***",
      requestBody: '{"resourceSpans":[]}',
    });
    expect(exchanges[1]?.requestBody).toBe("cut");
    expect(JSON.stringify(exchanges)).not.toContain("AIza-1");
  });

  it("waits for the first chunk, then streams the others when they are due", async () => {
    const clock = manualClock();
    const chunks = [10, 20, 0, 30].map((delayMs, index) => ({ data: `${index}`, delayMs }));
    const { fetch, exchanges } = setUp(chunks, clock);
    const pending = fetch("https://echo.test/");
    await expect.poll(() => clock.asked).toEqual([10]);
    clock.advance();
    const reader = ((await pending).body as ReadableStream<Uint8Array>).getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toBe("0");
    await expect.poll(() => clock.asked).toEqual([10, 20]);
    expect(exchanges).toEqual([]);
    clock.advance();
    expect(await read()).toBe("1");
    expect(await read()).toBe("2");
    await expect.poll(() => clock.asked).toEqual([10, 20, 30]);
    clock.advance();
    expect(await read()).toBe("3");
    expect((await reader.read()).done).toBe(true);
    expect(exchanges).toMatchObject([{ status: 200, responseBody: "0123", durationMs: 60 }]);
  });

  it("reports an exchange whose body nobody reads", async () => {
    const { fetch, exchanges } = setUp([...HELLO, { data: " world", delayMs: 5 }]);
    await fetch("https://echo.test/");
    await expect.poll(() => exchanges).toMatchObject([{ responseBody: "hello world" }]);
    expect(exchanges[0]).not.toHaveProperty("error");
  });

  it("keeps characters whole that two chunks share", async () => {
    const [first, second] = [new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac])];
    const { fetch } = setUp([
      { data: first, delayMs: 0 },
      { data: second, delayMs: 0 },
    ]);
    expect(await (await fetch("https://echo.test/")).text()).toBe("€");
  });

  it("rejects at once when the signal has aborted already, and never asks the service", async () => {
    const { fetch, exchanges, seen } = setUp(HELLO);
    const reason = new Error("too late");
    await expect(fetch("https://echo.test/", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await settled();
    expect(seen).toEqual([]);
    expect(exchanges.length).toBeLessThanOrEqual(1);
  });

  it("rejects with the reason when aborted before the answer", async () => {
    const { fetch, exchanges } = setUp(HELLO, manualClock());
    const controller = new AbortController();
    const pending = fetch("https://echo.test/", { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
    expect(exchanges).toMatchObject([{ status: 0, error: expect.stringContaining("AbortError") }]);
  });

  it("honours the signal of a Request", async () => {
    const { fetch } = setUp(HELLO, manualClock());
    const controller = new AbortController();
    const pending = fetch(new Request("https://echo.test/", { signal: controller.signal }));
    await settled();
    controller.abort(new Error("stop"));
    await expect(pending).rejects.toThrow("stop");
  });

  it("breaks the body off when aborted in the middle", async () => {
    const { fetch, exchanges } = setUp([...HELLO, { data: "never", delayMs: 5 }], manualClockFrom(HELLO.length));
    const controller = new AbortController();
    const response = await fetch("https://echo.test/", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(response.text()).rejects.toThrow("enough");
    await expect.poll(() => exchanges).toMatchObject([{ status: 200, responseBody: "hello", error: "Error: enough" }]);
  });

  it("stops sending when the reader cancels", async () => {
    const { fetch, exchanges } = setUp([...HELLO, { data: "never", delayMs: 5 }], manualClockFrom(HELLO.length));
    const response = await fetch("https://echo.test/");
    await response.body?.cancel();
    await expect
      .poll(() => exchanges)
      .toMatchObject([{ responseBody: "hello", error: expect.stringMatching(/cancel/) }]);
  });

  it("survives a listener that throws", async () => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => uncaught.push(error);
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", listener);
    const fetch = createMockFetch({
      services: [echo(HELLO)],
      clock: instantClock,
      onExchange: () => {
        throw new Error("listener");
      },
    });
    expect(await (await fetch("https://echo.test/")).text()).toBe("hello");
    await settled();
    process.removeListener("uncaughtException", listener);
    for (const other of others) process.on("uncaughtException", other);
    expect(uncaught).toMatchObject([{ message: "listener" }]);
  });

  it.each([204, 304])("answers %i without a body", async (status) => {
    const { fetch } = setUp([], instantClock, status);
    const response = await fetch("https://echo.test/");
    expect(response.status).toBe(status);
    expect(response.body).toBeNull();
  });

  it("gives each of many concurrent exchanges its own id and body", async () => {
    const { fetch, exchanges } = setUp(HELLO, realClock);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => fetch("https://echo.test/", { method: "POST", body: `${index}` })),
    );
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(20);
    expect(new Set(exchanges.map(({ requestBody }) => requestBody)).size).toBe(20);
  });
});

/** Sleeps end at once, except from the given one on: those only end by an abort. */
function manualClockFrom(blocked: number): MockClock {
  let sleeps = 0;
  return {
    now: () => 0,
    sleep(_ms, signal) {
      if (sleeps++ < blocked) return Promise.resolve();
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  };
}

describe("createApp", () => {
  it("answers requests as the service does", async () => {
    const seen: MockRequest[] = [];
    const app = createApp(echo([...HELLO, { data: "!", delayMs: 1 }], seen, 201), instantClock);
    const response = await app.fetch(new Request("http://localhost/x", { method: "PATCH", body: "b" }));
    expect(response.status).toBe(201);
    expect(await response.text()).toBe("hello!");
    expect(seen).toMatchObject([{ method: "PATCH", body: "b" }]);
  });

  it("answers HEAD without a body", async () => {
    const seen: MockRequest[] = [];
    const response = await createApp(echo(HELLO, seen), instantClock).fetch(
      new Request("http://h/", { method: "HEAD" }),
    );
    expect(await response.text()).toBe("");
    expect(seen[0]?.method).toBe("HEAD");
  });

  it("rejects with the reason of the request's signal", async () => {
    const controller = new AbortController();
    const request = new Request("http://h/", { signal: controller.signal });
    const pending = Promise.resolve(createApp(echo(HELLO), manualClock()).fetch(request));
    const checked = expect(pending).rejects.toThrow("gone");
    await settled();
    controller.abort(new Error("gone"));
    await checked;
  });
});
