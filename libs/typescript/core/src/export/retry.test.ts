import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MlflowConnectionError, MlflowHttpError } from "../client/http-error.js";
import { isTransient, Retrier } from "./retry.js";

const http = (status: number, body = "", retryAfterMs?: number) => new MlflowHttpError(status, "x", body, retryAfterMs);
const code = (errorCode: string) => JSON.stringify({ error_code: errorCode, message: "m" });
const never = new AbortController().signal;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("isTransient", () => {
  it.each([408, 425, 429, 500, 502, 503, 504])("is true for HTTP %d", (status) => {
    expect(isTransient(http(status))).toBe(true);
  });

  it.each([301, 400, 401, 403, 404, 405, 409, 413, 422, 501])("is false for HTTP %d", (status) => {
    expect(isTransient(http(status, code("INVALID_PARAMETER_VALUE")))).toBe(false);
  });

  it("knows the codes that say more than their status", () => {
    expect(isTransient(http(500, code("INTERNAL_ERROR")))).toBe(true);
    expect(isTransient(http(500, code("FEATURE_DISABLED")))).toBe(false);
    expect(isTransient(http(500, code("INVALID_STATE")))).toBe(false);
    expect(isTransient(http(400, code("BAD_REQUEST")))).toBe(true);
    expect(isTransient(new MlflowConnectionError("no network"))).toBe(true);
    expect(isTransient(new TypeError("a bug"))).toBe(false);
  });
});

/** Runs an attempt that always fails; tells when each try was made, in milliseconds from the start. */
async function triesOf(error: Error, policy: ConstructorParameters<typeof Retrier>[0] = {}): Promise<number[]> {
  const start = Date.now();
  const tries: number[] = [];
  const run = new Retrier(policy).run(async () => {
    tries.push(Date.now() - start);
    throw error;
  }, never);
  const rejected = expect(run).rejects.toBe(error);
  await vi.runAllTimersAsync();
  await rejected;
  return tries;
}

describe("Retrier", () => {
  it("waits longer and longer, at random", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(await triesOf(http(503))).toEqual([0, 500, 1_500, 3_500, 7_500]);
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await triesOf(http(503))).toEqual([0, 0, 0, 0, 0]);
  });

  it("ends with the total time, and does not try again what is permanent", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(await triesOf(http(503), { totalMs: 2_000 })).toEqual([0, 500, 1_500]);
    expect(await triesOf(http(404))).toEqual([0]);
  });

  it("waits as long as the server asks, up to a limit", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await triesOf(http(429, "", 2_000), { attempts: 2 })).toEqual([0, 2_000]);
    expect(await triesOf(http(429, "", 3_600_000), { attempts: 2 })).toEqual([0, 10_000]);
  });

  it("returns what a later try gives", async () => {
    const results = [http(503), http(503)];
    const run = new Retrier().run(async () => {
      const error = results.shift();
      if (error) throw error;
      return "fine";
    }, never);
    await vi.runAllTimersAsync();
    expect(await run).toBe("fine");
  });

  it("stops at an abort, and wakes at once when told", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const retrier = new Retrier();
    const abort = new AbortController();
    let tries = 0;
    const run = retrier.run(async () => {
      tries++;
      throw http(503);
    }, abort.signal);
    run.catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    retrier.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(tries).toBe(2);
    abort.abort();
    retrier.wake();
    await expect(run).rejects.toMatchObject({ status: 503 });
    expect(tries).toBe(2);
  });
});
