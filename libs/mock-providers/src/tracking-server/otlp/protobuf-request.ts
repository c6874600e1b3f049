import { type AnyValue, type KeyValue, toMap } from "./any-value";
import { toHex } from "./hex";
import type { OtlpEvent, OtlpLink, OtlpSpan, ResourceSpans } from "./message";
import { FIXED64, type Fields, LENGTH, ProtobufReader, VARINT } from "./protobuf-reader";

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

const tag = (field: number, wireType: number): number => (field << 3) | wireType;
const len = (field: number): number => tag(field, LENGTH);

/** The spans of a body with opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest. */
export function readProtobufRequest(body: Uint8Array): ResourceSpans[] {
  return new ProtobufReader(body).into<ResourceSpans[]>([], {
    [len(1)]: (list, reader) => list.push(reader.message({ attributes: [], spans: [] }, RESOURCE_SPANS)),
  });
}

const toKeyValue = (reader: ProtobufReader): KeyValue => reader.message({ key: "", value: null }, KEY_VALUE);
const pushAttribute = (owner: { attributes: KeyValue[] }, reader: ProtobufReader): number =>
  owner.attributes.push(toKeyValue(reader));

const RESOURCE_SPANS: Fields<Mutable<ResourceSpans>> = {
  [len(1)]: (message, reader) => reader.message(message, { [len(1)]: pushAttribute }),
  [len(2)]: (message, reader) =>
    reader.message(message, { [len(2)]: ({ spans }, scope) => spans.push(scope.message(emptySpan(), SPAN)) }),
};

const emptySpan = (): Mutable<OtlpSpan> => ({
  traceId: "",
  spanId: "",
  parentSpanId: "",
  name: "",
  start: 0n,
  end: 0n,
  statusCode: 0,
  statusMessage: "",
  attributes: [],
  events: [],
  links: [],
});

const SPAN: Fields<Mutable<OtlpSpan>> = {
  [len(1)]: (span, reader) => {
    span.traceId = toHex(reader.bytes());
  },
  [len(2)]: (span, reader) => {
    span.spanId = toHex(reader.bytes());
  },
  [len(4)]: (span, reader) => {
    span.parentSpanId = toHex(reader.bytes());
  },
  [len(5)]: (span, reader) => {
    span.name = reader.text();
  },
  [tag(7, FIXED64)]: (span, reader) => {
    span.start = reader.fixed64();
  },
  [tag(8, FIXED64)]: (span, reader) => {
    span.end = reader.fixed64();
  },
  [len(9)]: pushAttribute,
  [len(11)]: ({ events }, reader) => events.push(reader.message({ time: 0n, name: "", attributes: [] }, EVENT)),
  [len(13)]: ({ links }, reader) => links.push(reader.message({ traceId: "", spanId: "", attributes: [] }, LINK)),
  [len(15)]: (span, reader) => reader.message(span, STATUS),
};

const STATUS: Fields<Mutable<OtlpSpan>> = {
  [len(2)]: (span, reader) => {
    span.statusMessage = reader.text();
  },
  [tag(3, VARINT)]: (span, reader) => {
    span.statusCode = Number(BigInt.asIntN(32, reader.varint()));
  },
};

const EVENT: Fields<Mutable<OtlpEvent>> = {
  [tag(1, FIXED64)]: (event, reader) => {
    event.time = reader.fixed64();
  },
  [len(2)]: (event, reader) => {
    event.name = reader.text();
  },
  [len(3)]: pushAttribute,
};

const LINK: Fields<Mutable<OtlpLink>> = {
  [len(1)]: (link, reader) => {
    link.traceId = toHex(reader.bytes());
  },
  [len(2)]: (link, reader) => {
    link.spanId = toHex(reader.bytes());
  },
  [len(4)]: pushAttribute,
};

const KEY_VALUE: Fields<{ key: string; value: AnyValue }> = {
  [len(1)]: (item, reader) => {
    item.key = reader.text();
  },
  [len(2)]: (item, reader) => {
    item.value = reader.message({ value: null }, ANY_VALUE).value;
  },
};

const setTo =
  (read: (reader: ProtobufReader) => AnyValue) =>
  (holder: { value: AnyValue }, reader: ProtobufReader): void => {
    holder.value = read(reader);
  };

const ANY_VALUE: Fields<{ value: AnyValue }> = {
  [len(1)]: setTo((reader) => reader.text()),
  [tag(2, VARINT)]: setTo((reader) => reader.varint() !== 0n),
  [tag(3, VARINT)]: setTo((reader) => BigInt.asIntN(64, reader.varint())),
  [tag(4, FIXED64)]: setTo((reader) => reader.double()),
  [len(5)]: setTo((reader) =>
    reader.message<AnyValue[]>([], {
      [len(1)]: (list, inner) => list.push(inner.message<{ value: AnyValue }>({ value: null }, ANY_VALUE).value),
    }),
  ),
  [len(6)]: setTo((reader) =>
    toMap(reader.message<KeyValue[]>([], { [len(1)]: (list, inner) => list.push(toKeyValue(inner)) })),
  ),
  [len(7)]: setTo((reader) => reader.bytes().slice()),
};
