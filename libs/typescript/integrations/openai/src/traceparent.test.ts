import { afterEach, describe, expect, it, vi } from "vitest";
import { completion } from "./testing/chat-replies.js";
import { onlySpan, recordTraces, traced, tracedWith } from "./testing/recorded-traces.js";
import { scriptedOpenAI } from "./testing/scripted-openai.js";
import { tracedOpenAI } from "./traced-openai.js";
import { clientSendsTraceparent } from "./traceparent.js";

const REQUEST = { model: "gpt-4o-mini", messages: [] };
const REPLY = { json: completion("ok") };
const OWN = `00-${"1".repeat(32)}-${"2".repeat(16)}-01`;

recordTraces();
afterEach(() => vi.unstubAllGlobals());

describe("traceparent", () => {
  it("goes out with the request, for the call's own span", async () => {
    const { client, calls } = traced(REPLY);
    await client.chat.completions.create(REQUEST);
    const span = await onlySpan();
    expect(calls[0]?.headers.get("traceparent")).toBe(`00-${span.traceId.slice(3)}-${span.spanId}-01`);
  });

  it.each<[string, HeadersInit | undefined]>([
    ["a record", { "x-a": "1" }],
    ["Headers", new Headers({ "x-a": "1" })],
    ["pairs", [["x-a", "1"]]],
  ])("is added to the caller's headers, which stay as they are: %s", async (_name, headers) => {
    const { client, calls } = traced(REPLY);
    const options = Object.freeze({ headers, timeout: 5_000 });
    await client.chat.completions.create(REQUEST, options as object);
    const sent = calls[0]?.headers;
    expect([sent?.get("x-a"), sent?.get("x-stainless-timeout")]).toEqual(["1", "5"]);
    expect(sent?.get("traceparent")).toContain((await onlySpan()).spanId);
    expect(new Headers(headers).has("traceparent")).toBe(false);
  });

  it.each<[string, object, string | null]>([
    ["a record", { Traceparent: OWN }, OWN],
    ["Headers", new Headers({ traceparent: OWN }), OWN],
    ["pairs", [["TraceParent", OWN]], OWN],
    ["null", { traceparent: null }, null],
  ])("is the caller's own where there is one: %s", async (_name, headers, expected) => {
    const { client, calls } = traced(REPLY);
    await client.chat.completions.create(REQUEST, { headers } as object);
    expect(calls[0]?.headers.get("traceparent")).toBe(expected);
    await onlySpan();
  });

  it("is the client's own where it has one for all requests", async () => {
    const { client, calls } = scriptedOpenAI([REPLY], { defaultHeaders: { traceparent: OWN } });
    await tracedOpenAI(client).chat.completions.create(REQUEST);
    expect(calls[0]?.headers.get("traceparent")).toBe(OWN);
  });

  it("can be switched off, also for copies", async () => {
    const { client, calls } = tracedWith({ propagateTraceContext: false }, REPLY, REPLY);
    await client.chat.completions.create(REQUEST);
    await client.withOptions({ timeout: 1_000 }).chat.completions.create(REQUEST);
    expect(calls.map(({ headers }) => headers.has("traceparent"))).toEqual([false, false]);
  });

  it.each<[string, string, string, boolean | undefined, boolean]>([
    ["to a foreign origin", "https://app.test/page", "https://api.openai.com/v1", undefined, false],
    ["to a foreign origin, when wanted", "https://app.test/page", "https://api.openai.com/v1", true, true],
    ["to its own origin", "https://app.test/page", "https://app.test/v1", undefined, true],
    ["to its own origin, relative", "https://app.test/page", "/v1", undefined, true],
    ["to another port", "https://app.test/page", "https://app.test:8443/v1", undefined, false],
    ["from an opaque origin", "blob:null/7", "https://api.openai.com/v1", undefined, false],
    ["from an opaque origin to an opaque one", "blob:null/7", "file:///v1", undefined, false],
    ["to no URL", "https://app.test/page", "http://", undefined, false],
  ])("from a web page: %s", (_name, page, baseURL, wanted, expected) => {
    const { href, origin } = new URL(page);
    vi.stubGlobal("location", { href, origin });
    expect(clientSendsTraceparent({ baseURL }, wanted)).toBe(expected);
  });
});
