import { collectSpans, identity } from "./collect-spans";
import { buildForest, type Forest } from "./forest";
import { findOverlap, type Overlap } from "./overlap";
import { selfTimes } from "./self-time";
import { SpanNode } from "./span-node";
import type { SpanRecord } from "./span-record";
import { buildTimeAxis, type TimeAxis } from "./time-axis";
import { computeTotals, type TraceTotals } from "./totals";
import type { LiveSpan, TraceJson } from "./trace-json";

/** Everything a picture of one run needs. */
export interface TraceModel {
  /** All spans of all traces in depth-first order; siblings by start. */
  readonly nodes: readonly SpanNode[];
  /** Start of the time axis, nanoseconds since the UNIX epoch. */
  readonly originNs: bigint;
  /** Length of the time axis in milliseconds. */
  readonly lengthMs: number;
  readonly totals: TraceTotals;
  readonly overlap: Overlap | null;
}

/**
 * Builds the model of a run. Pure, and never throws: a span whose parent is missing becomes a root, a cycle is cut at its
 * earliest span, repeated ids are all kept (children go to the first).
 *
 * @param traces the traces of a run, in MLflow's JSON form
 * @param live spans that have started while the run goes on; each is replaced once its recorded span is there
 * @example buildTraceModel([trace]).totals.spanCount // 4
 */
export function buildTraceModel(traces: readonly TraceJson[], live: readonly LiveSpan[] = []): TraceModel {
  const { records, traces: facts } = collectSpans(traces, live);
  const axis = buildTimeAxis(records);
  const forest = buildForest(resolveParents(records), (a, b) => (axis.startMs[a] ?? 0) - (axis.startMs[b] ?? 0));
  const nodes = placeNodes(records, forest, axis);
  return {
    nodes,
    originNs: axis.originNs,
    lengthMs: axis.lengthMs,
    totals: computeTotals(nodes, facts, axis.lengthMs),
    overlap: findOverlap(nodes),
  };
}

function resolveParents(records: readonly SpanRecord[]): Int32Array {
  const byIdentity = new Map<string, number>();
  records.forEach((record, index) => {
    if (record.spanId && !byIdentity.has(identity(record))) byIdentity.set(identity(record), index);
  });
  return Int32Array.from(records, ({ traceKey, parentId }) =>
    parentId ? (byIdentity.get(identity({ traceKey, spanId: parentId })) ?? -1) : -1,
  );
}

function placeNodes(records: readonly SpanRecord[], forest: Forest, axis: TimeAxis): SpanNode[] {
  const self = selfTimes(forest, axis);
  const keys = uniqueKeys(records);
  return Array.from(forest.order, (item, index) => {
    const record = records[item] as SpanRecord;
    return new SpanNode(record, {
      index,
      key: keys[item] ?? String(item),
      depth: forest.depth[index] ?? 0,
      subtreeSize: forest.subtreeSize[index] ?? 1,
      parent: forest.parent[index] ?? -1,
      positionInSet: forest.positionInSet[index] ?? 1,
      setSize: forest.setSize[index] ?? 1,
      startMs: axis.startMs[item] ?? 0,
      endMs: finiteOrNull(axis.endMs[item]),
      selfMs: finiteOrNull(self[index]),
      originNs: axis.originNs,
    });
  });
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function uniqueKeys(records: readonly SpanRecord[]): string[] {
  const seen = new Map<string, number>();
  return records.map((record) => {
    const id = identity(record);
    const repeat = (seen.get(id) ?? 0) + 1;
    seen.set(id, repeat);
    return repeat === 1 ? id : `${id}#${repeat}`;
  });
}
