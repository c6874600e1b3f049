import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { setDiagnosticSink } from "../diagnostics.js";
import { getCurrentActiveSpan, init, shutdown, startSpan, withSpan } from "../index.js";
import { isRemoteTrace, REMOTE_TRACE_KEY } from "../telemetry/remote-trace.js";
import { FakeTrackingServer } from "../testing/fake-tracking-server.js";
import {
  getTracingContextHeadersForHttpRequest,
  type IncomingHeaders,
  withTracingContextFromHeaders,
  withTracingContextFromHeadersAsync,
} from "./distributed.js";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const SPAN_ID = "b7ad6b7169203331";
const VALID = `00-${TRACE_ID}-${SPAN_ID}-01`;
const server = new FakeTrackingServer();
let undo = () => {};

beforeAll(() => {
  undo = server.install();
  init({ trackingUri: server.uri, experimentId: "1" });
});
afterAll(async () => {
  await shutdown();
  undo();
});

const activeIds = () => trace.getSpanContext(context.active());

describe("getTracingContextHeadersForHttpRequest", () => {
  it("names the active span", () => {
    withSpan((span) => {
      const otelId = span.traceId.replace("tr-", "");
      expect(getTracingContextHeadersForHttpRequest()).toEqual({ traceparent: `00-${otelId}-${span.spanId}-01` });
    });
  });

  it("warns and gives nothing without one", () => {
    const sink = vi.fn();
    const restore = setDiagnosticSink(sink);
    expect(getTracingContextHeadersForHttpRequest()).toEqual({});
    restore();
    expect(sink).toHaveBeenCalledOnce();
  });

  it("passes on another system's tracestate", () => {
    const headers = { traceparent: VALID, tracestate: "vendor=1" };
    expect(withTracingContextFromHeaders(headers, getTracingContextHeadersForHttpRequest)).toEqual(headers);
  });
});

describe("withTracingContextFromHeaders", () => {
  it("makes spans part of the sender's trace, whichever API starts them", () => {
    withTracingContextFromHeaders({ traceparent: VALID }, () => {
      const spans = [startSpan({ name: "started" }), withSpan((span) => span)];
      for (const span of spans) expect([span.traceId, span.parentId]).toEqual([`tr-${TRACE_ID}`, SPAN_ID]);
      spans[0]?.end();
    });
  });

  it.each<[string, IncomingHeaders]>([
    ["web headers", new Headers({ TraceParent: VALID })],
    ["a plain object", { traceparent: VALID, other: undefined }],
    ["capitals", { TraceParent: VALID }],
    ["a list", { traceparent: [VALID, "ignored"] }],
  ])("reads %s", (_case, headers) => {
    const seen = withTracingContextFromHeaders(headers, activeIds);
    expect(seen).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true });
    expect(activeIds()).toBeUndefined();
  });

  it.each<[string, IncomingHeaders]>([
    ["no header", {}],
    ["an empty header", { traceparent: "" }],
    ["an undefined header", { traceparent: undefined }],
    ["an empty list", { traceparent: [] }],
    ["an invalid header", { traceparent: "00-x-y-01" }],
    ["a header of 100 kB", { traceparent: `${VALID}${"-".repeat(100_000)}` }],
    [
      "a header that came twice",
      new Headers([
        ["traceparent", VALID],
        ["traceparent", VALID],
      ]),
    ],
    ["a value of another type", { traceparent: 5 } as unknown as IncomingHeaders],
    ["no headers at all", undefined as unknown as IncomingHeaders],
    ["inherited headers", Object.create({ traceparent: VALID })],
  ])("refuses %s, also within a span of its own", (_case, headers) => {
    const callback = vi.fn();
    const attempt = () => withTracingContextFromHeaders(headers, callback);
    expect(attempt).toThrow(/no tracing context: the header traceparent/);
    withSpan(() => void expect(attempt).toThrow(/traceparent/));
    expect(callback).not.toHaveBeenCalled();
  });

  it("marks its trace, and no other, as remote", () => {
    withTracingContextFromHeaders({ traceparent: VALID }, () => {
      expect(context.active().getValue(REMOTE_TRACE_KEY)).toBe(TRACE_ID);
      expect(isRemoteTrace(context.active(), TRACE_ID)).toBe(true);
      expect(isRemoteTrace(context.active(), TRACE_ID.replace("0", "1"))).toBe(false);
    });
    expect(isRemoteTrace(context.active(), TRACE_ID)).toBe(false);
    expect(isRemoteTrace(ROOT_CONTEXT, TRACE_ID)).toBe(false);
  });

  it("returns and throws what the callback does", async () => {
    expect(withTracingContextFromHeaders({ traceparent: VALID }, () => 7)).toBe(7);
    const fail = () => {
      throw new RangeError("theirs");
    };
    expect(() => withTracingContextFromHeaders({ traceparent: VALID }, fail)).toThrow(RangeError);
    await expect(withTracingContextFromHeadersAsync({ traceparent: VALID }, async () => fail())).rejects.toThrow(
      "theirs",
    );
    await expect(withTracingContextFromHeadersAsync({}, async () => 1)).rejects.toThrow("traceparent");
  });

  it("holds across await, for many requests at a time", async () => {
    const ids = Array.from({ length: 50 }, (_, at) => (at + 1).toString(16).padStart(32, "0"));
    const seen = await Promise.all(
      ids.map((id) =>
        withTracingContextFromHeadersAsync({ traceparent: `00-${id}-${SPAN_ID}-01` }, async () => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          return activeIds()?.traceId;
        }),
      ),
    );
    expect(seen).toEqual(ids);
  });

  it("makes spans of a real request part of the sender's trace", async () => {
    const received: (string | undefined)[] = [];
    const answer = (request: IncomingMessage) =>
      withTracingContextFromHeaders(request.headers, () =>
        withSpan(() => received.push(getCurrentActiveSpan()?.traceId), { name: "served" }),
      );
    const http = createServer((request, response) => {
      answer(request);
      response.end();
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    undo();
    const sent = await withSpan(async (span) => {
      await fetch(`http://127.0.0.1:${port}`, { headers: getTracingContextHeadersForHttpRequest() });
      return span.traceId;
    });
    undo = server.install();
    http.close();
    expect(received).toEqual([sent]);
  });
});
