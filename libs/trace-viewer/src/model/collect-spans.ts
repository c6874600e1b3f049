import { normalizeId } from "./ids";
import { asArray, asRecord, decodeValue } from "./json-value";
import { readLiveSpan, readSpan, type SpanRecord } from "./span-record";
import { KEYS, type LiveSpan, type TraceJson } from "./trace-json";
import { readCost, readTokenUsage, type TokenUsage } from "./usage";

/** What the tracking server says of a whole trace. */
export interface TraceFacts {
  readonly usage: TokenUsage | null;
  readonly cost: number | null;
}

export interface CollectedSpans {
  readonly records: readonly SpanRecord[];
  /** By trace key, in order of arrival; one entry for every trace, recorded or live. */
  readonly traces: ReadonlyMap<string, TraceFacts>;
}

/** Puts recorded and live spans together: a recorded span replaces the live one of the same id. */
export function collectSpans(traces: readonly TraceJson[], live: readonly LiveSpan[]): CollectedSpans {
  const facts = new Map<string, TraceFacts>();
  const recorded = asArray(traces).flatMap((trace, index) => readTrace(trace, index, facts));
  const known = new Set(recorded.map(identity));
  const pending = new Map<string, SpanRecord>();
  for (const span of asArray(live)) {
    const record = readLiveSpan(span);
    if (known.has(identity(record))) continue;
    pending.set(identity(record), record);
    if (!facts.has(record.traceKey)) facts.set(record.traceKey, { usage: null, cost: null });
  }
  return { records: [...recorded, ...pending.values()], traces: facts };
}

function readTrace(value: unknown, index: number, facts: Map<string, TraceFacts>): SpanRecord[] {
  const trace = asRecord(value);
  const info = asRecord(trace.info);
  const spans = asArray(asRecord(trace.data).spans);
  const key = normalizeId(info.trace_id) || normalizeId(asRecord(spans[0]).trace_id) || `trace-${index + 1}`;
  const metadata = asRecord(decodeValue(info.trace_metadata));
  if (!facts.has(key)) {
    facts.set(key, {
      usage: readTokenUsage(metadata[KEYS.traceTokenUsage]),
      cost: readCost(metadata[KEYS.traceCost]),
    });
  }
  return spans.map((span) => readSpan(span, key));
}

export function identity(record: Pick<SpanRecord, "traceKey" | "spanId">): string {
  return `${record.traceKey}/${record.spanId}`;
}
