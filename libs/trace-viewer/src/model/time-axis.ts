import { millisecondsBetween } from "./nanoseconds";
import type { SpanRecord } from "./span-record";

/** The one time axis of a run. `start` and `end` are milliseconds from the origin, per span. */
export interface TimeAxis {
  readonly originNs: bigint;
  /** Milliseconds from the first start to the last known moment. */
  readonly lengthMs: number;
  readonly startMs: Float64Array;
  /** NaN where a span has no end. */
  readonly endMs: Float64Array;
}

/** A span without a start begins where it ends, or else where its trace begins. */
export function buildTimeAxis(records: readonly SpanRecord[]): TimeAxis {
  const starts = resolveStarts(records);
  const originNs = starts.reduce<bigint | null>((first, at) => (first === null || at < first ? at : first), null) ?? 0n;
  const startMs = Float64Array.from(starts, (at) => millisecondsBetween(originNs, at));
  const endMs = Float64Array.from(records, (record) =>
    record.endNs === null ? Number.NaN : millisecondsBetween(originNs, record.endNs),
  );
  let lengthMs = 0;
  for (const moments of [startMs, endMs]) for (const moment of moments) if (moment > lengthMs) lengthMs = moment;
  return { originNs, lengthMs, startMs, endMs };
}

function resolveStarts(records: readonly SpanRecord[]): bigint[] {
  const firstOfTrace = new Map<string, bigint>();
  let first: bigint | null = null;
  for (const { startNs, endNs, traceKey } of records) {
    const at = startNs ?? endNs;
    if (at === null) continue;
    const known = firstOfTrace.get(traceKey);
    if (known === undefined || at < known) firstOfTrace.set(traceKey, at);
    if (first === null || at < first) first = at;
  }
  return records.map(({ startNs, endNs, traceKey }) => startNs ?? endNs ?? firstOfTrace.get(traceKey) ?? first ?? 0n);
}
