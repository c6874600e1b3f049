import type { HrTime } from "@opentelemetry/api";
import { hrTimeToNs } from "../clock.js";
import type { Span } from "../entities/span.js";
import { SpanStatusCode } from "../entities/span-status.js";
import { SpanKind } from "../otel/api.js";
import { ProtobufMessage } from "./protobuf.js";

const SCOPE_NAME = "mlflow-tracing";
const RESOURCE = { "telemetry.sdk.name": SCOPE_NAME };
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * OTLP's `ExportTraceServiceRequest` in protobuf. Attributes are decoded: objects are lists of keys and values, integers are
 * integers. Spans that are still open have no end and are left out.
 *
 * @param resource attributes of the program that the spans come from
 */
export function encodeOtlpRequest(
  spans: readonly Span[],
  resource: Record<string, unknown> = RESOURCE,
): Uint8Array<ArrayBuffer> {
  const scopeSpans = new ProtobufMessage().message(1, new ProtobufMessage().text(1, SCOPE_NAME));
  for (const span of spans) {
    if (span.endTime) scopeSpans.message(2, encodeSpan(span, span.endTime));
  }
  const resourceSpans = new ProtobufMessage()
    .message(1, addKeyValues(new ProtobufMessage(), 1, resource))
    .message(2, scopeSpans);
  return new ProtobufMessage().message(1, resourceSpans).toBytes();
}

function encodeSpan(span: Span, endTime: HrTime): ProtobufMessage {
  const { traceId, spanId, traceFlags, traceState } = span._span.spanContext();
  const message = new ProtobufMessage().bytes(1, hexToBytes(traceId)).bytes(2, hexToBytes(spanId));
  message.text(3, traceState?.serialize() ?? "");
  if (span.parentId) message.bytes(4, hexToBytes(span.parentId));
  message.text(5, span.name).integer(6, kindOf(span)).fixed64(7, hrTimeToNs(span.startTime));
  addKeyValues(message.fixed64(8, hrTimeToNs(endTime)), 9, span.attributes);
  for (const { name, time, attributes } of span._span.events) {
    message.message(
      11,
      addKeyValues(new ProtobufMessage().fixed64(1, hrTimeToNs(time)).text(2, name), 3, attributes ?? {}),
    );
  }
  for (const { context, attributes } of span._span.links) {
    const link = new ProtobufMessage().bytes(1, hexToBytes(context.traceId)).bytes(2, hexToBytes(context.spanId));
    message.message(13, addKeyValues(link, 4, attributes ?? {}));
  }
  message.message(15, encodeStatus(span));
  return traceFlags === 0 ? message : message.fixed32(16, traceFlags & 0xff);
}

/** OTLP counts from 1, as 0 is "unspecified"; spans that were read from a server have no kind. */
function kindOf({ _span }: Span): bigint {
  const kind: unknown = Reflect.get(_span, "kind");
  return BigInt(typeof kind === "number" && SpanKind[kind] !== undefined ? kind + 1 : 1);
}

function encodeStatus({ status }: Span): ProtobufMessage {
  const message = new ProtobufMessage().text(2, status.description);
  if (status.statusCode === SpanStatusCode.OK) return message.integer(3, 1n);
  return status.statusCode === SpanStatusCode.ERROR ? message.integer(3, 2n) : message;
}

/** Adds each key with its value; undefined ones are left out. */
function addKeyValues(message: ProtobufMessage, field: number, attributes: object): ProtobufMessage {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) message.message(field, new ProtobufMessage().text(1, key).message(2, encodeValue(value)));
  }
  return message;
}

/** `AnyValue`; `null` is one without a value. Integers that are too large become texts of their digits. */
function encodeValue(value: unknown): ProtobufMessage {
  const message = new ProtobufMessage();
  if (typeof value === "string") return message.bytes(1, new TextEncoder().encode(value));
  if (typeof value === "boolean") return message.integer(2, value ? 1n : 0n);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "bigint") {
    return value >= MIN_INT64 && value <= MAX_INT64 ? message.integer(3, value) : message.text(1, value.toString());
  }
  if (Array.isArray(value)) {
    const list = new ProtobufMessage();
    for (const item of value) list.message(1, encodeValue(item));
    return message.message(5, list);
  }
  if (typeof value === "object" && value !== null) {
    return message.message(6, addKeyValues(new ProtobufMessage(), 1, value));
  }
  return message;
}

function encodeNumber(value: number): ProtobufMessage {
  const isInteger = Number.isSafeInteger(value) && !Object.is(value, -0);
  return isInteger ? new ProtobufMessage().integer(3, BigInt(value)) : new ProtobufMessage().double(4, value);
}

function hexToBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
