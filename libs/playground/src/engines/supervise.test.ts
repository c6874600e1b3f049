import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunEvent } from "../contract";
import { RUN_LIMITS } from "../contract";
import type { RunRequest } from "../runtime/environment";
import type { Connection } from "./backend";
import { supervise } from "./supervise";

const REQUEST: RunRequest = { entry: "main.ts", files: {}, services: [], scripts: {}, latency: "off", env: {} };

/** A realm that the test plays: what it says is said with `say`. */
function fakeRealm() {
  let receive: (data: unknown) => void = () => {};
  let failed: (message: string) => void = () => {};
  const kill = vi.fn();
  const connection: Connection = {
    start(_request, onMessage, onFailure) {
      receive = onMessage;
      failed = onFailure;
    },
    kill,
  };
  return { connection, kill, say: (data: unknown) => receive(data), fail: (message: string) => failed(message) };
}

function start(realm: ReturnType<typeof fakeRealm>, signal = new AbortController().signal) {
  const events: RunEvent[] = [];
  return { events, outcome: supervise(realm.connection, REQUEST, {}, (event) => events.push(event), signal, 10_000) };
}

const message = (event: RunEvent) => JSON.stringify(event);
const line: RunEvent = { type: "console", level: "log", text: "hi" };

describe("supervise", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("delivers events in order until exit, then ends the realm", async () => {
    const realm = fakeRealm();
    const { events, outcome } = start(realm);
    realm.say(message(line));
    realm.say(message({ type: "exit", ok: true }));
    realm.say(message(line));
    expect(await outcome).toMatchObject({ outcome: "completed", dropped: 0 });
    expect(events).toEqual([line, { type: "exit", ok: true }]);
    expect(realm.kill).toHaveBeenCalled();
  });

  it("ends a run at its deadline, whatever it goes on saying", async () => {
    const realm = fakeRealm();
    const { outcome, events } = start(realm);
    realm.say(message(line));
    vi.advanceTimersByTime(10_000);
    realm.say(message(line));
    expect((await outcome).outcome).toBe("timed-out");
    expect(events).toHaveLength(1);
    expect(realm.kill).toHaveBeenCalled();
  });

  it("stops at once on abort", async () => {
    const realm = fakeRealm();
    const controller = new AbortController();
    const { outcome } = start(realm, controller.signal);
    controller.abort();
    expect((await outcome).outcome).toBe("stopped");
    expect(realm.kill).toHaveBeenCalled();
  });

  it("reports a realm that breaks", async () => {
    const realm = fakeRealm();
    const { outcome, events } = start(realm);
    realm.fail("out of memory");
    expect(await outcome).toMatchObject({ outcome: "failed", error: { kind: "engine", message: "out of memory" } });
    expect(events).toHaveLength(1);
  });

  it.each([
    ["an object", { type: "exit", ok: true }],
    ["null", null],
    ["text that is not JSON", "{"],
    ["an unknown type", '{"type":"eval","code":"1"}'],
    ["a field of the wrong type", '{"type":"console","level":"log","text":7}'],
    ["a level that is none", '{"type":"console","level":"fatal","text":""}'],
    ["a polluting key", '{"__proto__":{"type":"exit"},"ok":true}'],
    ["a negative count", '{"type":"dropped","messages":-1,"bytes":0}'],
    ["a time with a fraction", '{"type":"span","phase":"start","startTimeUnixNano":"1.5"}'],
  ])("drops and counts %s", async (_what, data) => {
    const realm = fakeRealm();
    const { outcome, events } = start(realm);
    realm.say(data);
    realm.say(message({ type: "exit", ok: true }));
    expect((await outcome).dropped).toBe(1);
    expect(events).toHaveLength(1);
    expect(({} as Record<string, unknown>).type).toBeUndefined();
  });

  it("drops what floods past the sender's own budget", async () => {
    const realm = fakeRealm();
    const { outcome, events } = start(realm);
    for (let index = 0; index < 2 * RUN_LIMITS.totalMessages + 10; index += 1) realm.say(message(line));
    vi.advanceTimersByTime(10_000);
    expect((await outcome).dropped).toBe(10);
    expect(events).toHaveLength(2 * RUN_LIMITS.totalMessages);
  });
});
