import { describe, expect, it } from "vitest";
import type { Fault } from "./fault.js";
import { PlayedProvider } from "./played-provider.js";
import { Tape } from "./tape.js";

const EVENTS = ["one", "two", "three", "four"].map((data) => `data: ${data}\n\n`);
const URL = "https://provider.test/chat";

function setUp(fault?: Fault) {
  let calls = 0;
  const tape = new Tape(async (_, init) => {
    calls++;
    const headers = { "content-type": "text/event-stream", "x-call": `${calls}`, "x-asked": String(init?.method) };
    return new Response(EVENTS.join(""), { status: 201, headers });
  });
  return { tape, provider: new PlayedProvider(tape, fault), calls: () => calls };
}

async function readAll(response: Response): Promise<string[]> {
  const pieces: string[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream() as never).getReader();
  try {
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read())
      pieces.push(String(step.value));
  } catch (error) {
    pieces.push(String(error));
  }
  return pieces;
}

const ask = (provider: PlayedProvider, init: RequestInit = {}) =>
  provider.fetch(URL, { method: "POST", body: "question", ...init });

describe("a tape", () => {
  it("gives each run the same answers, event by event, and asks the provider once", async () => {
    const { tape, calls } = setUp();
    for (let run = 0; run < 2; run++) {
      const response = await ask(new PlayedProvider(tape));
      expect([response.status, response.headers.get("x-call"), response.headers.get("x-asked")]).toEqual([
        201,
        "1",
        "POST",
      ]);
      expect(await readAll(response)).toEqual(EVENTS);
    }
    expect(calls()).toBe(1);
    const other = new PlayedProvider(tape);
    await ask(other);
    expect((await ask(other)).headers.get("x-call")).toBe("2");
  });
});

describe("a provider that is played", () => {
  it("notes what was asked", async () => {
    const { provider } = setUp();
    await ask(provider, { headers: { "x-key": "secret" } });
    const [seen] = provider.requests;
    expect(seen).toMatchObject({ method: "POST", url: URL, body: "question", cancelled: false });
    expect(seen?.headers["x-key"]).toBe("secret");
  });

  it("can refuse, be out of reach, break off and come to a halt", async () => {
    const refusal = setUp({ kind: "refusal", reply: () => new Response("no", { status: 400 }) });
    expect((await ask(refusal.provider)).status).toBe(400);
    await expect(ask(setUp({ kind: "offline" }).provider)).rejects.toBeInstanceOf(TypeError);
    const cut = await readAll(await ask(setUp({ kind: "cut", after: 0.5 }).provider));
    expect(cut).toEqual([EVENTS[0], EVENTS[1], "TypeError: terminated"]);
    const controller = new AbortController();
    const halted = await ask(setUp({ kind: "halt", after: 0.5 }).provider, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 20);
    expect(await readAll(halted)).toEqual([EVENTS[0], EVENTS[1], "Error: enough"]);
  });

  it("is silent until it is aborted", async () => {
    const { provider } = setUp({ kind: "silence" });
    const controller = new AbortController();
    const answer = ask(provider, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
    expect(provider.requests[0]?.cancelled).toBe(true);
    await expect(ask(provider, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
  });

  it("notes that a body was cancelled", async () => {
    const { provider } = setUp();
    await (await ask(provider)).body?.cancel();
    expect(provider.requests[0]?.cancelled).toBe(true);
  });
});
