import { afterEach, describe, expect, it, vi } from "vitest";
import { recordTraces } from "./testing/recorded-traces.js";
import { response, scriptedGemini } from "./testing/scripted-gemini.js";
import { tracedGemini } from "./traced-gemini.js";

const REQUEST = { model: "gemini-2.5-flash", contents: "How many people live in Oslo?" };
const ANSWER = response([{ text: "About 720,000." }]);
recordTraces();
afterEach(() => vi.unstubAllGlobals());

function setUp() {
  const { client, calls } = scriptedGemini([{ json: ANSWER }]);
  return { client: tracedGemini(client), calls };
}

describe("the trace context", () => {
  it("gives way to the caller's own, in whatever case it is written", async () => {
    const { client, calls } = setUp();
    const config = { httpOptions: { headers: { TraceParent: "00-mine" } } };
    await client.models.generateContent({ ...REQUEST, config });
    expect(calls[0]?.headers.get("traceparent")).toBe("00-mine");
  });

  it("gives way to the client's own", async () => {
    const { client, calls } = scriptedGemini([{ json: ANSWER }]);
    const headers = (client as unknown as { httpOptions: { headers?: object } }).httpOptions;
    Object.assign(headers, { headers: { traceparent: "00-client" } });
    await tracedGemini(client).models.generateContent(REQUEST);
    expect(calls[0]?.headers.has("traceparent")).toBe(false);
  });

  it("keeps the caller's other headers", async () => {
    const { client, calls } = setUp();
    await client.models.generateContent({ ...REQUEST, config: { httpOptions: { headers: { "x-team": "maps" } } } });
    expect(calls[0]?.headers.get("x-team")).toBe("maps");
    expect(calls[0]?.headers.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it("stays at home in browsers, unless it is wanted", async () => {
    vi.stubGlobal("location", { href: "https://app.test/page", origin: "https://app.test" });
    const replies = [{ json: ANSWER }, { json: ANSWER }];
    const { client, calls } = scriptedGemini(replies);
    await tracedGemini(client).models.generateContent(REQUEST);
    await tracedGemini(client, { propagateTraceContext: true }).models.generateContent(REQUEST);
    expect(calls.map(({ headers }) => headers.has("traceparent"))).toEqual([false, true]);
    expect(calls[0]?.body).not.toHaveProperty("generationConfig");
  });

  it("can be switched off", async () => {
    const { client, calls } = scriptedGemini([{ json: ANSWER }]);
    await tracedGemini(client, { propagateTraceContext: false }).models.generateContent(REQUEST);
    expect(calls[0]?.headers.has("traceparent")).toBe(false);
  });
});
