import { asArray, asRecord, asText, decodeValue, toJsonText } from "./json-value";
import { millisecondsBetween, readNanoseconds } from "./nanoseconds";
import type { SpanRecord, SpanStatus } from "./span-record";
import { KEYS, type SpanJson } from "./trace-json";
import { readCost, readTokenUsage, type TokenUsage } from "./usage";

/** Something a span received or gave back: the decoded value, and the exact text that it was written as. */
export interface Payload {
  readonly value: unknown;
  readonly text: string;
}

export interface SpanEvent {
  readonly name: string;
  /** Milliseconds from the start of the time axis; `null` when the event has no time. */
  readonly timeMs: number | null;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Where a node stands in the forest and on the axis. */
export interface Placement {
  readonly index: number;
  readonly key: string;
  readonly depth: number;
  readonly subtreeSize: number;
  readonly parent: number;
  readonly positionInSet: number;
  readonly setSize: number;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly selfMs: number | null;
  readonly originNs: bigint;
}

/** One span in its place. What only the details need (inputs, outputs, attributes, events) is decoded on first use. */
export class SpanNode {
  /** Position in depth-first order. */
  readonly index: number;
  /** Unique in the model, stable while spans arrive: the span id, told apart when ids repeat. */
  readonly key: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly traceId: string;
  readonly name: string;
  /** MLflow's span type, e.g. `CHAT_MODEL`; `UNKNOWN` when the span has none. */
  readonly type: string;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly depth: number;
  /** Number of spans in this subtree, itself included. */
  readonly subtreeSize: number;
  /** Index of the parent, −1 for a root. */
  readonly parent: number;
  readonly positionInSet: number;
  readonly setSize: number;
  /** Milliseconds from the start of the time axis. */
  readonly startMs: number;
  /** `null` while the span has no end. */
  readonly endMs: number | null;
  /** Never negative; `null` while the span has no end. */
  readonly durationMs: number | null;
  /** Duration minus the time covered by its children. */
  readonly selfMs: number | null;
  /** Seen live: it has no recorded data yet. */
  readonly live: boolean;
  readonly usage: TokenUsage | null;
  /** US dollars. */
  readonly cost: number | null;
  readonly json: SpanJson;
  readonly #record: SpanRecord;
  readonly #originNs: bigint;
  #inputs: Payload | null | undefined;
  #outputs: Payload | null | undefined;
  #attributes: Readonly<Record<string, unknown>> | undefined;
  #events: readonly SpanEvent[] | undefined;

  constructor(record: SpanRecord, placement: Placement) {
    this.#record = record;
    this.#originNs = placement.originNs;
    this.index = placement.index;
    this.key = placement.key;
    this.spanId = record.spanId;
    this.parentId = record.parentId;
    this.traceId = record.traceKey;
    this.name = record.name;
    this.type = record.type;
    this.status = record.status;
    this.statusMessage = record.statusMessage;
    this.depth = placement.depth;
    this.subtreeSize = placement.subtreeSize;
    this.parent = placement.parent;
    this.positionInSet = placement.positionInSet;
    this.setSize = placement.setSize;
    this.startMs = placement.startMs;
    this.endMs = placement.endMs;
    this.durationMs = placement.endMs === null ? null : Math.max(0, placement.endMs - placement.startMs);
    this.selfMs = placement.selfMs;
    this.live = record.live;
    this.usage = readTokenUsage(record.attributes[KEYS.tokenUsage]);
    this.cost = readCost(record.attributes[KEYS.cost]);
    this.json = record.json;
  }

  get inputs(): Payload | null {
    this.#inputs ??= readPayload(this.#record.attributes, KEYS.inputs);
    return this.#inputs;
  }

  get outputs(): Payload | null {
    this.#outputs ??= readPayload(this.#record.attributes, KEYS.outputs);
    return this.#outputs;
  }

  /** All attributes, decoded. */
  get attributes(): Readonly<Record<string, unknown>> {
    this.#attributes ??= decodeAll(this.#record.attributes);
    return this.#attributes;
  }

  get events(): readonly SpanEvent[] {
    this.#events ??= asArray(this.json.events).map((event) => readEvent(event, this.#originNs));
    return this.#events;
  }

  get links(): readonly unknown[] {
    return asArray(this.json.links);
  }
}

function readPayload(attributes: Readonly<Record<string, unknown>>, key: string): Payload | null {
  const stored = attributes[key];
  if (stored === undefined || stored === null) return null;
  const value = decodeValue(stored);
  if (typeof value === "string") return { value, text: value };
  return { value, text: typeof stored === "string" ? stored : toJsonText(stored) };
}

function decodeAll(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, decodeValue(value)]));
}

function readEvent(value: unknown, originNs: bigint): SpanEvent {
  const event = asRecord(value);
  const time = readNanoseconds(event.time_unix_nano);
  return {
    name: asText(event.name) || "(no name)",
    timeMs: time === null ? null : millisecondsBetween(originNs, time),
    attributes: decodeAll(asRecord(event.attributes)),
  };
}
