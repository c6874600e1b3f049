import { parseLossless } from "../lossless-json";
import { type AnyValue, type KeyValue, toMap } from "./any-value";
import { base64ToBytes, toHex } from "./hex";
import {
  asDouble,
  asEnum,
  asInt64,
  asObject,
  asObjects,
  asText,
  asUint64,
  field,
  type JsonObject,
} from "./json-fields";
import { crash, malformed, type OtlpEvent, type OtlpLink, type OtlpSpan, type ResourceSpans } from "./message";

const STATUS_CODES = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];
/** A number of so many digits that it may not fit a double, outside of a string (or in one, which does no harm). */
const LONG_NUMBER = /[[:,]\s*-?\d{16}/;

/**
 * The spans of an OTLP/JSON body.
 *
 * Ids of spans are hex where every name on the way to them is in camel case. All else that is bytes, ids of links among it,
 * is base64, because the server turns only those ids into the base64 of protobuf's JSON.
 */
export function readJsonRequest(text: string): ResourceSpans[] {
  const json = parse(text);
  checkSkeleton(json);
  if (hasLoneSurrogate(text, json)) throw malformed();
  const body = asObject(json);
  return asObjects(field(body, "resourceSpans")).map((resource) => {
    const scopes = asObjects(field(resource, "scopeSpans"));
    const isHex = Object.hasOwn(body, "resourceSpans") && Object.hasOwn(resource, "scopeSpans");
    return {
      attributes: readAttributes(asObject(field(resource, "resource"))),
      spans: scopes.flatMap((scope) => asObjects(field(scope, "spans")).map((span) => readSpan(span, isHex))),
    };
  });
}

function parse(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? parseLossless(text) : JSON.parse(text);
  } catch {
    throw malformed();
  }
}

/** The server looks for ids before it checks anything, and stumbles over what is no object there. */
function checkSkeleton(json: unknown): void {
  const children = (parents: readonly unknown[], name: string): unknown[] =>
    parents.flatMap((parent) => {
      if (typeof parent !== "object" || parent === null || Array.isArray(parent)) throw crash();
      const list: unknown = Object.hasOwn(parent, name) ? Reflect.get(parent, name) : [];
      if (list === null) throw crash();
      if (!Array.isArray(list)) throw malformed();
      return list;
    });
  const spans = children(children(children([json], "resourceSpans"), "scopeSpans"), "spans");
  if (spans.some((span) => typeof span !== "object" || span === null)) throw crash();
}

/** A half of a surrogate pair is no text. Only an escape can bring one. */
function hasLoneSurrogate(text: string, json: unknown): boolean {
  const loneEscape = /\\ud[89a-f]/i;
  return loneEscape.test(text) && loneEscape.test(JSON.stringify(json).replaceAll("\\\\", ""));
}

function readSpan(span: JsonObject, isHex: boolean): OtlpSpan {
  const id = (name: string): string =>
    isHex && Object.hasOwn(span, name) ? hexId(asText(field(span, name))) : bytesId(field(span, name));
  const status = asObject(field(span, "status"));
  return {
    traceId: id("traceId"),
    spanId: id("spanId"),
    parentSpanId: id("parentSpanId"),
    name: asText(field(span, "name")),
    start: asUint64(field(span, "startTimeUnixNano")),
    end: asUint64(field(span, "endTimeUnixNano")),
    statusCode: asEnum(field(status, "code"), STATUS_CODES),
    statusMessage: asText(field(status, "message")),
    attributes: readAttributes(span),
    events: asObjects(field(span, "events")).map(readEvent),
    links: asObjects(field(span, "links")).map(readLink),
  };
}

function hexId(text: string): string {
  if (!/^([\da-f]{2})*$/i.test(text)) throw malformed();
  return text.toLowerCase();
}

function bytesId(value: unknown): string {
  return toHex(readBytes(value));
}

function readBytes(value: unknown): Uint8Array {
  try {
    return base64ToBytes(asText(value));
  } catch {
    throw malformed();
  }
}

function readEvent(event: JsonObject): OtlpEvent {
  const time = asUint64(field(event, "timeUnixNano"));
  return { time, name: asText(field(event, "name")), attributes: readAttributes(event) };
}

function readLink(link: JsonObject): OtlpLink {
  const [traceId, spanId] = [bytesId(field(link, "traceId")), bytesId(field(link, "spanId"))];
  return { traceId, spanId, attributes: readAttributes(link) };
}

function readAttributes(owner: JsonObject): KeyValue[] {
  return readKeyValues(field(owner, "attributes"));
}

function readKeyValues(list: unknown): KeyValue[] {
  return asObjects(list).map((item) => ({
    key: asText(field(item, "key")),
    value: readValue(asObject(field(item, "value"))),
  }));
}

const VALUE_READERS: Readonly<Record<string, (content: unknown) => AnyValue>> = {
  stringValue: asText,
  boolValue(content) {
    if (typeof content !== "boolean") throw malformed();
    return content;
  },
  intValue: asInt64,
  doubleValue: asDouble,
  arrayValue: (content) => asObjects(field(asObject(content), "values")).map(readValue),
  kvlistValue: (content) => toMap(readKeyValues(field(asObject(content), "values"))),
  bytesValue: readBytes,
};
const VALUE_KINDS = Object.keys(VALUE_READERS);

function readValue(value: JsonObject): AnyValue {
  const [kind, ...others] = VALUE_KINDS.filter((name) => field(value, name) !== undefined);
  if (others.length > 0) throw malformed();
  const read = kind === undefined ? undefined : VALUE_READERS[kind];
  return read && kind !== undefined ? read(field(value, kind)) : null;
}
