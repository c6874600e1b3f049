import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HttpRequest } from "../../client/http.js";
import type { Outbox, UnsentTrace } from "../../export/outbox.js";
import { sampleTrace } from "../../testing/sample-trace.js";
import { guardExports } from "./page-guard.js";

/** The window of a page: two event targets and what is visible. */
class FakePage {
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" });

  open(): void {
    vi.stubGlobal("addEventListener", this.window.addEventListener.bind(this.window));
    vi.stubGlobal("removeEventListener", this.window.removeEventListener.bind(this.window));
    vi.stubGlobal("document", this.document);
  }

  leave(): void {
    this.window.dispatchEvent(new Event("pagehide"));
  }

  show(visibilityState: "visible" | "hidden"): void {
    this.document.visibilityState = visibilityState;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: FakePage;
let unsent: UnsentTrace[];
let posted: HttpRequest[];
let settled: number[];
let leftBehind: number;
let answer: () => Promise<void>;

const outbox: Outbox = {
  trackingUri: "http://mlflow.test",
  send: () => true,
  unsent: () => unsent,
  openTraces: () => [],
  drain: async () => {},
  abort: () => {},
  post: (request) => {
    posted.push(request);
    return answer();
  },
  leaveBehind: (traces) => {
    leftBehind += traces;
  },
};

/** A trace of two requests with `bytes` in each. */
function trace(n: number, bytes: number, body = "x".repeat(bytes)): UnsentTrace {
  const request = (path: string): HttpRequest => ({
    method: "POST",
    url: `http://mlflow.test${path}?${n}`,
    data: body,
  });
  return {
    finished: sampleTrace({ n }),
    bytes: 2 * bytes,
    requests: () => (bytes === 0 ? [] : [request("/v1/traces"), request("/info")]),
    settleBy: (sending) => {
      sending.then(
        () => settled.push(n),
        () => {},
      );
    },
  };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  page = new FakePage();
  page.open();
  [unsent, posted, settled, leftBehind] = [[], [], [], 0];
  answer = () => Promise.resolve();
});
afterEach(() => vi.unstubAllGlobals());

describe("a page that is left", () => {
  it("sends what is unsent by requests that outlive it", async () => {
    guardExports(outbox);
    unsent = [trace(1, 100)];
    page.leave();
    expect(posted.map(({ keepalive, data }) => [keepalive, data instanceof Uint8Array])).toEqual([
      [true, true],
      [true, true],
    ]);
    await turn();
    expect(settled).toEqual([1]);
    expect(leftBehind).toBe(0);
  });

  it("sends the smallest first, within the budget, and counts once what does not fit", () => {
    guardExports(outbox);
    answer = () => new Promise(() => {});
    unsent = [trace(1, 500_000), trace(2, 20_000), trace(3, 100), trace(4, 15_000), trace(5, 0)];
    page.leave();
    expect(posted.map(({ url }) => url.slice(-1))).toEqual(["3", "3", "4", "4"]);
    const bytes = posted.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    expect(bytes).toBeLessThan(64 * 1024);
    expect(leftBehind).toBe(3);
    page.leave();
    expect(leftBehind).toBe(3);
    expect(posted).toHaveLength(4);
  });

  it("counts bytes, not characters", () => {
    guardExports(outbox);
    unsent = [trace(1, 12_000, "€".repeat(12_000))];
    page.leave();
    expect(posted).toEqual([]);
    expect(leftBehind).toBe(1);
  });

  it("does the same when it is hidden, and not when it is shown", () => {
    guardExports(outbox);
    unsent = [trace(1, 100)];
    page.show("visible");
    expect(posted).toEqual([]);
    page.show("hidden");
    expect(posted).toHaveLength(2);
    page.leave();
    expect(posted).toHaveLength(2);
  });

  it("keeps what failed for another try, and gets its budget back", async () => {
    guardExports(outbox);
    answer = () => Promise.reject(new Error("x"));
    unsent = [trace(1, 25_000)];
    page.leave();
    await turn();
    expect(settled).toEqual([]);
    answer = () => Promise.resolve();
    page.leave();
    await turn();
    expect(settled).toEqual([1]);
  });

  it("does nothing after the watch has ended", () => {
    guardExports(outbox).release();
    unsent = [trace(1, 100)];
    page.leave();
    page.show("hidden");
    expect(posted).toEqual([]);
  });
});

describe("a worker", () => {
  it("has neither page nor document, and that is no error", () => {
    vi.stubGlobal("document", undefined);
    vi.stubGlobal("addEventListener", undefined);
    vi.stubGlobal("removeEventListener", undefined);
    const guard = guardExports(outbox);
    expect(guard.keep(sampleTrace())).toBe(false);
    guard.release();
  });
});
