/** A value that is easily changed on its way. */
export interface TrickyValue {
  readonly name: string;
  readonly value: unknown;
  /** What comes back instead of the value itself, and why. */
  readonly changed?: Change;
}

/** What becomes of a value that does not come back equal. Where a place is missing, it does. */
export interface Change {
  readonly reason: string;
  /** As inputs, outputs or an attribute, at any depth, by either style. */
  readonly always?: unknown;
  /** The same, of spans that came by OTLP only. */
  readonly byOtlp?: unknown;
  /** As an attribute of an event or a link, by either style. */
  readonly inEvents?: unknown;
  /** The same, of spans that came by OTLP only. */
  readonly inEventsByOtlp?: unknown;
}

/** `levels` arrays around a text. */
export function nested(levels: number, core: unknown = "core"): unknown {
  return levels === 0 ? core : [nested(levels - 1, core)];
}

const NO_JSON = "JSON has no such number";
const NATIVE_ONLY = "events and links hold texts, numbers and booleans; the SDK writes anything else as JSON text";
const INT64 = "OTLP's integers have 64 bits";

/** Texts, which are also tried as names, messages, tags and metadata. */
export const TEXTS: readonly TrickyValue[] = [
  ...["12", "-1.50", "1e5", "true", "false", "null", "None", "NaN", "[1,2]", '{"a":1}', '"q"', '{"a": ', " 12 ", "''"],
  ...[
    "naïve",
    "🙂 𝄞",
    "\u202eרטל\u202c שלום",
    "e\u0301 \u00e9",
    "日本語",
    "\ufeffmark",
    "\uffff\ufffe",
    "a\nb\tc\rd",
    "\\u0041",
  ],
  ...["\u0000", "\u0001\u001b\u007f\u0085\u2028", "</script>", "mlflow-attachment://none", "x".repeat(300)],
].map((text) => ({ name: `the text ${JSON.stringify(text).slice(0, 30)}`, value: text }));

/** Half of a surrogate pair is no character: the wire's UTF-8 cannot hold it. */
export const HALF_PAIR = "a\ud800b";

/** Every value; those that change are the one list of what does not come back equal. */
export const VALUES: readonly TrickyValue[] = [
  ...TEXTS,
  { name: "the empty text", value: "" },
  { name: "1 MB of text", value: "ø".repeat(1_048_576) },
  {
    name: "half of a surrogate pair",
    value: HALF_PAIR,
    changed: { reason: "OTLP is UTF-8, which has no such character", byOtlp: "a?b", inEventsByOtlp: "a\ufffdb" },
  },
  { name: "true", value: true },
  { name: "false", value: false },
  { name: "0", value: 0 },
  { name: "-1", value: -1 },
  { name: "0.1", value: 0.1 },
  { name: "2^53 - 1", value: 2 ** 53 - 1 },
  { name: "1e308", value: 1e308 },
  { name: "5e-324", value: 5e-324 },
  { name: "1e21", value: 1e21 },
  { name: "the number 2^60", value: 2 ** 60 },
  { name: "the number 2^63", value: 2 ** 63 },
  { name: "-0", value: -0, changed: { reason: "JavaScript's JSON writes -0 as 0", always: 0, inEvents: 0 } },
  { name: "NaN", value: Number.NaN, changed: { reason: NO_JSON, always: null, inEvents: "null" } },
  { name: "Infinity", value: Number.POSITIVE_INFINITY, changed: { reason: NO_JSON, always: null, inEvents: "null" } },
  {
    name: "the BigInt 2^53 + 1",
    value: 2n ** 53n + 1n,
    changed: { reason: NATIVE_ONLY, inEvents: `${2n ** 53n + 1n}` },
  },
  { name: "the BigInt 2^60", value: 2n ** 60n, changed: { reason: NATIVE_ONLY, inEvents: `${2n ** 60n}` } },
  {
    name: "the BigInt 2^63 - 1",
    value: 2n ** 63n - 1n,
    changed: { reason: NATIVE_ONLY, inEvents: `${2n ** 63n - 1n}` },
  },
  { name: "the BigInt -2^63", value: -(2n ** 63n), changed: { reason: NATIVE_ONLY, inEvents: `${-(2n ** 63n)}` } },
  { name: "the BigInt 2^64", value: 2n ** 64n, changed: { reason: NATIVE_ONLY, inEvents: `${2n ** 64n}` } },
  {
    name: "the BigInt 2^64 + 1, which no double holds",
    value: 2n ** 64n + 1n,
    changed: { reason: `${INT64}; ${NATIVE_ONLY}`, byOtlp: `${2n ** 64n + 1n}`, inEvents: `${2n ** 64n + 1n}` },
  },
  { name: "null", value: null, changed: { reason: NATIVE_ONLY, inEvents: "null" } },
  { name: "an empty list", value: [], changed: { reason: NATIVE_ONLY, inEvents: "[]" } },
  { name: "an empty object", value: {}, changed: { reason: NATIVE_ONLY, inEvents: "{}" } },
  {
    name: "an object with odd keys",
    value: { "a.b": 1, "a b": "1", "": 0, '"': [], 鍵: {}, "🙂": null, constructor: 1, length: 2 },
    changed: {
      reason: NATIVE_ONLY,
      inEvents: '{"a.b":1,"a b":"1","":0,"\\"":[],"鍵":{},"🙂":null,"constructor":1,"length":2}',
    },
  },
  {
    name: "texts that look like JSON, in a list",
    value: ["12", "true", "null", "[1]", '{"a":1}', '"q"', ""],
    changed: { reason: NATIVE_ONLY, inEvents: '["12","true","null","[1]","{\\"a\\":1}","\\"q\\"",""]' },
  },
  {
    name: "25 levels",
    value: nested(25),
    changed: { reason: NATIVE_ONLY, inEvents: JSON.stringify(nested(25)) },
  },
  {
    name: "a Date",
    value: new Date(0),
    changed: {
      reason: "it is written as its toJSON gives it",
      always: "1970-01-01T00:00:00.000Z",
      inEvents: '"1970-01-01T00:00:00.000Z"',
    },
  },
];

/** Deeper values, alone: what they become depends on the depth where they stand. */
export const DEEP: readonly TrickyValue[] = [
  { name: "30 levels", value: nested(30) },
  {
    name: "31 levels",
    value: nested(31),
    changed: { reason: "MLflow answers in a protobuf of at most 100 levels", byOtlp: nested(30, '["core"]') },
  },
  {
    name: "199 levels",
    value: nested(199),
    changed: { reason: "as above", byOtlp: nested(30, JSON.stringify(nested(169))) },
  },
  {
    name: "300 levels",
    value: nested(300),
    changed: {
      reason: "the SDK writes at most 200 levels",
      always: nested(200, "[Truncated]"),
      byOtlp: nested(30, JSON.stringify(nested(170, "[Truncated]"))),
    },
  },
];
