import { ApiFailure } from "../error";
import { type AnyMap, type AnyValue, toMap, writePythonJson } from "./any-value";
import { type OtlpEvent, type OtlpLink, OtlpRefusal, type OtlpSpan } from "./message";
import { priceOf } from "./price";
import { costOf, type Sums, usageOf, writeCost } from "./sums";
import { isJsonText } from "./typed-json";

/** A span as the server's database has it. Ids are hex of 32 and 16 digits; times are nanoseconds. */
export interface DatabaseSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly start: bigint;
  /** 0 for a span that is still open. */
  readonly end: bigint;
  readonly status: { readonly code: "UNSET" | "OK" | "ERROR"; readonly message: string };
  /** JSON texts by key. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly events: readonly (Omit<OtlpEvent, "attributes"> & { readonly attributes: AnyMap })[];
  readonly links: readonly (Omit<OtlpLink, "attributes"> & { readonly attributes: AnyMap })[];
  /** Tokens and cost of its own, where its attributes say so. */
  readonly usage: Sums | undefined;
  readonly cost: Sums | undefined;
  /** About how much it takes, in UTF-16 code units. */
  readonly size: number;
}

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const MAX_INT64 = 2n ** 63n - 1n;
const COST = "mlflow.llm.cost";
const STATUS_CODES = ["UNSET", "OK", "ERROR"] as const;

/** Fails with 422 for ids and sums that cannot be stored, with 500 for times after the year 2262. */
export function toDatabaseSpan(span: OtlpSpan): DatabaseSpan {
  const { name, start, end } = span;
  if (span.traceId === "" || span.spanId === "") {
    throw new OtlpRefusal(422, "Cannot convert OpenTelemetry span to MLflow span");
  }
  if (start > MAX_INT64 || end > MAX_INT64) {
    throw new ApiFailure("INTERNAL_ERROR", "Python int too large to convert to SQLite INTEGER");
  }
  const traceId = padId(span.traceId, TRACE_ID_DIGITS);
  const attributes = toTexts(span, traceId);
  const usage = usageOf(attributes.get("mlflow.chat.tokenUsage"));
  const price = attributes.has(COST) ? undefined : priceOf(attributes, usage);
  if (price) attributes.set(COST, writeCost(price));
  const code = STATUS_CODES[span.statusCode] ?? "UNSET";
  return {
    traceId,
    spanId: padId(span.spanId, SPAN_ID_DIGITS),
    parentId: /^0*$/.test(span.parentSpanId) ? null : padId(span.parentSpanId, SPAN_ID_DIGITS),
    name,
    start,
    end,
    status: { code, message: code === "ERROR" ? span.statusMessage : "" },
    attributes,
    events: span.events.map((event) => ({ ...event, attributes: toMap(event.attributes) })),
    links: span.links.flatMap(toLink),
    usage,
    cost: price ?? costOf(attributes.get(COST)),
    size: sizeOf(span, attributes),
  };
}

/** An id shorter than usual counts as a number with leading zeros; a longer one does not fit. */
function padId(hex: string, digits: number): string {
  const id = hex.length > digits ? hex.replace(/^0+/, "") : hex;
  if (id.length > digits) throw new OtlpRefusal(422, "Failed to log OpenTelemetry spans");
  return id.padStart(digits, "0");
}

/** The trace's id is an attribute too, whatever the client says. */
function toTexts({ attributes }: OtlpSpan, traceId: string): Map<string, string> {
  const texts = new Map(attributes.map(({ key, value }) => [key, toText(value)]));
  return texts.set("mlflow.traceRequestId", `"tr-${traceId}"`);
}

/** A string that is JSON of an object, an array or a string is taken for it, and kept as it was written. */
function toText(value: AnyValue): string {
  return typeof value === "string" && isJsonText(value) ? value : writePythonJson(value);
}

/** Links whose ids are too long are dropped: hex in OTLP/JSON is, as it is read as base64. */
function toLink({ traceId, spanId, attributes }: OtlpLink): DatabaseSpan["links"] {
  if (traceId.length > TRACE_ID_DIGITS || spanId.length > SPAN_ID_DIGITS) return [];
  const ids = { traceId: traceId.padStart(TRACE_ID_DIGITS, "0"), spanId: spanId.padStart(SPAN_ID_DIGITS, "0") };
  return [{ ...ids, attributes: toMap(attributes) }];
}

function sizeOf({ name, events, links }: OtlpSpan, attributes: ReadonlyMap<string, string>): number {
  let size = 200 + name.length + 100 * links.length;
  for (const [key, text] of attributes) size += key.length + text.length;
  for (const event of events) {
    size += 60 + event.name.length;
    for (const { key, value } of event.attributes) size += key.length + writePythonJson(value).length;
  }
  return size;
}
