import { getCurrentActiveSpan, InMemoryTraceManager, type LiveSpan } from "mlflow-tracing";
import { openRuns } from "./run-map.js";

/** Steps upwards before a chain of parents is given up on. */
const MAX_DEPTH = 1_000;

/**
 * The span that a run starting here belongs to: that of its parent run, or the active span where that is deeper, as in a
 * traced function that a node calls; the active span for a run without a parent.
 */
export function parentOf(parentRunId: string | undefined): LiveSpan | undefined {
  const ofRun = openRuns.get(parentRunId)?.span;
  const active = getCurrentActiveSpan() ?? undefined;
  if (!ofRun) return active;
  return active && active.endTime === null && isBelow(active, ofRun) ? active : ofRun;
}

function isBelow(span: LiveSpan, ancestor: LiveSpan): boolean {
  if (span.traceId !== ancestor.traceId) return false;
  const manager = InMemoryTraceManager.getInstance();
  let at: LiveSpan | null = span;
  for (let depth = 0; at && depth < MAX_DEPTH; depth++) {
    if (at.spanId === ancestor.spanId) return true;
    at = at.parentId === null ? null : manager.getSpan(at.traceId, at.parentId);
  }
  return false;
}
