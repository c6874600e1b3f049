import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, type SpanContext, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTraceParent, W3CInjector } from "./w3c-injector.js";
import { parseTraceParent, W3CPropagator } from "./w3c-propagator.js";
import { parseTraceState, W3CTraceState } from "./w3c-trace-state.js";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const SPAN_ID = "b7ad6b7169203331";
const VALID = `00-${TRACE_ID}-${SPAN_ID}-01`;
const propagator = new W3CPropagator();

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const nonZero = (length: number) => hex(length).filter((digits) => /[1-9a-f]/.test(digits));
const spanContext = fc.record({ traceId: nonZero(32), spanId: nonZero(16), traceFlags: fc.constantFrom(0, 1, 2, 3) });

function extract(headers: Record<string, string | string[]>): SpanContext | undefined {
  return trace.getSpanContext(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
}

function inject(span: SpanContext): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(trace.setSpanContext(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
  return headers;
}

describe("traceparent", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(spanContext, (span) => {
        expect(parseTraceParent(formatTraceParent(span))).toEqual(span);
        expect(formatTraceParent(span)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
      }),
    );
  });

  it("is refused as soon as one character of it is wrong", () => {
    const wrong = fc.tuple(fc.nat(VALID.length - 1), fc.string({ unit: "binary", minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(wrong, ([at, character]) => {
        const changed = VALID.slice(0, at) + character + VALID.slice(at + 1);
        const parsed = parseTraceParent(changed);
        const expected = /^([0-9a-e][0-9a-f]|f[0-9a-e])-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
        expect(parsed !== undefined).toBe(expected.test(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it("never makes an invalid span of any text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((tail) => VALID + tail),
    );
    fc.assert(
      fc.property(text, (header) => {
        const parsed = parseTraceParent(header);
        if (parsed) expect(formatTraceParent(parsed)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["spaces and tabs around it", ` \t${VALID} \t`],
    ["a later version", `01-${TRACE_ID}-${SPAN_ID}-01`],
    ["a later version with more to it", `cc-${TRACE_ID}-${SPAN_ID}-01-what-the-future-will-be-like`],
    ["a later version with an empty addition", `cc-${TRACE_ID}-${SPAN_ID}-01-`],
    ["flags that are not known yet", `00-${TRACE_ID}-${SPAN_ID}-f9`],
  ])("is accepted with %s", (_case, header) => {
    expect(parseTraceParent(header)).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 });
  });

  it.each([
    ["nothing", ""],
    ["version ff", `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ["more in version 00", `${VALID}-more`],
    ["an empty addition in version 00", `${VALID}-`],
    ["a later version without a dash", `cc-${TRACE_ID}-${SPAN_ID}-01.what`],
    ["capitals", VALID.toUpperCase()],
    ["a trace id of zeros", `00-${"0".repeat(32)}-${SPAN_ID}-01`],
    ["a span id of zeros", `00-${TRACE_ID}-${"0".repeat(16)}-01`],
    ["a short trace id", `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ["a long span id", `00-${TRACE_ID}-${SPAN_ID}0-01`],
    ["one digit of flags", `00-${TRACE_ID}-${SPAN_ID}-1`],
    ["two values in one", `${VALID}, ${VALID}`],
    ["a line break", `${VALID}\r\nx-admin: 1`],
    ["100 kB", `cc-${TRACE_ID}-${SPAN_ID}-01-${"a".repeat(100_000)}`],
    ["100 kB of spaces", `${" ".repeat(100_000)}x`],
  ])("is refused with %s", (_case, header) => {
    expect(parseTraceParent(header)).toBeUndefined();
  });
});

describe("tracestate", () => {
  it.each([
    ["one member", "a=1", "a=1"],
    ["several", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"],
    ["spaces, tabs and empty members", " a=1 ,\t, b=2 ,", "a=1,b=2"],
    ["a tenant", "0tenant@system=x", "0tenant@system=x"],
    ["inner spaces", "a=1 2  3", "a=1 2  3"],
    ["32 members", members(32), members(32)],
  ])("is read with %s", (_case, header, expected) => {
    expect(parseTraceState(header)?.serialize()).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["nothing but commas", " ,,\t, "],
    ["a key twice", "a=1,b=2,a=3"],
    ["33 members", members(33)],
    ["a capital in a key", "A=1"],
    ["no value", "a=1,b="],
    ["no key", "=1"],
    ["no equals sign", "a"],
    ["an equals sign in a value", "a=1=2"],
    ["a control character", "a=\u0001"],
    ["a letter beyond ASCII", "a=\u00e4"],
    ["a key of 257 characters", `${"k".repeat(257)}=1`],
    ["a value of 257 characters", `a=${"v".repeat(257)}`],
    ["two tenants", "a@b@c=1"],
  ])("is refused as a whole with %s", (_case, header) => {
    expect(parseTraceState(header)).toBeUndefined();
  });

  it("can be changed without changing what there was", () => {
    const state = new W3CTraceState().set("a", "1").set("b", "2");
    expect(state.set("a", "3").serialize()).toBe("a=3,b=2");
    expect(state.unset("b").serialize()).toBe("a=1");
    expect(state.set("A", "no").set("c", "no,no").set("d", "").serialize()).toBe("b=2,a=1");
    expect(parseTraceState(members(32))?.set("new", "1").serialize().split(",")).toHaveLength(32);
    expect(state.serialize()).toBe("b=2,a=1");
    expect([state.get("a"), state.get("z")]).toEqual(["1", undefined]);
  });
});

describe("W3CPropagator", () => {
  it("carries a span from one process to the other", () => {
    fc.assert(
      fc.property(spanContext, (span) => {
        const sent = inject({ ...span, traceState: new W3CTraceState(new Map([["vendor", "1"]])) });
        const { traceState, ...received } = extract(sent) ?? {};
        expect(received).toEqual({ ...span, isRemote: true });
        expect(traceState?.serialize()).toBe("vendor=1");
      }),
    );
  });

  it("keeps the span when its tracestate is broken or huge", () => {
    for (const tracestate of ["A=1", "a=1,a=2", members(32, 600)])
      expect(extract({ traceparent: VALID, tracestate })).toEqual({
        traceId: TRACE_ID,
        spanId: SPAN_ID,
        traceFlags: 1,
        isRemote: true,
      });
  });

  it("joins several tracestate headers, and trusts no traceparent that came twice", () => {
    const states = extract({ traceparent: [VALID], tracestate: ["a=1", "b=2"] })?.traceState;
    expect(states?.serialize()).toBe("a=1,b=2");
    expect(extract({ traceparent: [VALID, VALID] })).toBeUndefined();
    expect(extract({ traceparent: [] })).toBeUndefined();
    expect(extract({ tracestate: "a=1" })).toBeUndefined();
  });

  it("writes nothing without a valid span", () => {
    expect(inject({ traceId: "0".repeat(32), spanId: SPAN_ID, traceFlags: 1 })).toEqual({});
    const headers = {};
    propagator.inject(ROOT_CONTEXT, headers, defaultTextMapSetter);
    expect(headers).toEqual({});
    expect(propagator.fields()).toEqual(["traceparent", "tracestate"]);
  });

  it("leaves a context as it is when there is nothing to extract", () => {
    const context = trace.setSpanContext(ROOT_CONTEXT, { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 0 });
    expect(propagator.extract(context, { traceparent: "x" }, defaultTextMapGetter)).toBe(context);
  });
});

describe("W3CInjector", () => {
  it("sends what the propagator sends, and takes nothing over", () => {
    const injector = new W3CInjector();
    const span = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, traceState: new W3CTraceState().set("a", "1") };
    const headers = {};
    injector.inject(trace.setSpanContext(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
    expect(headers).toEqual(inject(span));
    expect(injector.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)).toBe(ROOT_CONTEXT);
  });
});

function members(count: number, padding = 0): string {
  return Array.from({ length: count }, (_, at) => `k${at}=${"v".repeat(padding)}${at}`).join(",");
}
