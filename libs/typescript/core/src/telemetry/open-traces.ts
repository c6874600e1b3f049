import { Trace } from "../entities/trace.js";
import { TraceData } from "../entities/trace-data.js";
import type { FinishedTrace } from "../export/trace-exporter.js";
import { InMemoryTraceManager } from "./in-memory-trace-manager.js";

/** Traces in progress as they stand, for a process that is about to end. */
export function openTraces(): FinishedTrace[] {
  const traces = InMemoryTraceManager.getInstance().traces();
  return traces.map(({ info, spanDict, isRemote, attachments }) => {
    return { trace: new Trace(info, new TraceData([...spanDict.values()])), isRemote, attachments: [...attachments] };
  });
}
