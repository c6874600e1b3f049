import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Span } from "../entities/readable.js";
import { hexToBase64 } from "../ids.js";
import { encodeOtlpRequest } from "./otlp-protobuf.js";
import { ProtobufMessage } from "./protobuf.js";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const MS = 1_750_000_000_000_000_000n;

/** A span of traces.json, whose attributes are JSON texts. */
function span(id: string, parent: string, name: string, times: [bigint, bigint | null], more: object = {}): Span {
  return Span.fromJson({
    trace_id: hexToBase64(TRACE_ID, 32),
    span_id: hexToBase64(id, 16),
    parent_span_id: parent && hexToBase64(parent, 16),
    name,
    start_time_unix_nano: times[0],
    end_time_unix_nano: times[1],
    ...more,
  });
}

const root = span("b7ad6b7169203331", "", "root ä😀", [MS + 123_456_789n, MS + 1_987_654_321n], {
  status: { code: "STATUS_CODE_OK", message: "" },
  attributes: {
    text: JSON.stringify("x".repeat(300)),
    empty: '""',
    "json in a text": '"[1,2]"',
    yes: "true",
    no: "false",
    null: "null",
    zero: "0",
    negative: "-42",
    large: "9007199254740993",
    smallest: "-9223372036854775808",
    "too large": "18446744073709551616",
    fraction: "0.1",
    exponent: "1e300",
    list: '[1,"two",null,[],{}]',
    object: '{"a":{"b":[false]},"":"no key"}',
  },
  events: [
    {
      name: "exception",
      time_unix_nano: MS + 500_000_000n,
      attributes: { "exception.message": "boom", count: 3, gone: undefined },
    },
  ],
  links: [{ trace_id: `tr-${"1".repeat(32)}`, span_id: "2".repeat(16), attributes: { kind: "follows" } }],
});
const child = span("00f067aa0ba902b7", "b7ad6b7169203331", "child", [MS + 200_000_000n, MS + 300_000_000n], {
  status: { code: "STATUS_CODE_ERROR", message: "it failed" },
});
const bare = span("00000000000000ff", "00f067aa0ba902b7", "", [1n, 2n]);
const open = span("00000000000000fe", "", "open", [1n, null]);

describe("encodeOtlpRequest", () => {
  it("writes the same bytes as OpenTelemetry's protobuf library, without open spans", () => {
    const expected = readFileSync(new URL("./fixtures/otlp-request.hex", import.meta.url), "utf8").trim();
    expect(Buffer.from(encodeOtlpRequest([root, open, child, bare])).toString("hex")).toBe(expected);
  });

  it("is valid without spans", () => {
    const text = Buffer.from(encodeOtlpRequest([], {})).toString("latin1");
    expect(text).toContain("mlflow-tracing");
  });

  it("survives texts that are no Unicode, and names of every object", () => {
    const odd = span("01", "", "\ud800", [1n, 2n], { attributes: { __proto__: null, constructor: '"\\ud800"' } });
    const text = Buffer.from(encodeOtlpRequest([odd])).toString("utf8");
    expect(text).toContain("constructor");
    expect(text).toContain("\ufffd");
  });
});

describe("ProtobufMessage", () => {
  const hex = (message: ProtobufMessage) => Buffer.from(message.toBytes()).toString("hex");

  it.each([
    [0n, "0800"],
    [127n, "087f"],
    [128n, "088001"],
    [300n, "08ac02"],
    [-1n, "08ffffffffffffffffff01"],
    [2n ** 63n - 1n, "08ffffffffffffffff7f"],
    [-(2n ** 63n), "0880808080808080808001"],
  ])("writes the integer %s", (value, expected) => {
    expect(hex(new ProtobufMessage().integer(1, value))).toBe(expected);
  });

  it("writes fixed widths in little endian, and fields beyond 15 in two bytes", () => {
    expect(hex(new ProtobufMessage().fixed64(7, 1n))).toBe("390100000000000000");
    expect(hex(new ProtobufMessage().fixed32(16, 1))).toBe("850101000000");
    expect(hex(new ProtobufMessage().double(4, 1))).toBe("21000000000000f03f");
  });

  it("leaves out empty texts, but no empty messages or bytes", () => {
    expect(hex(new ProtobufMessage().text(1, ""))).toBe("");
    expect(hex(new ProtobufMessage().message(1, new ProtobufMessage()))).toBe("0a00");
    expect(hex(new ProtobufMessage().bytes(1, new Uint8Array(0)))).toBe("0a00");
  });
});
