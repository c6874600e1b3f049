import type { MockReply } from "../../contract";
import { ApiFailure, htmlReply, missing } from "../error";
import { jsonTextReply } from "../reply";
import { SPANS_LOCATION_TAG, type TraceInfo, traceInfoJson } from "../trace-info";
import type { TraceStore } from "../traces";
import { writeProtoJson } from "./write-span";

/** Where readers look for the spans of a trace. */
export function isInDatabase(info: TraceInfo): boolean {
  return info.tags.get(SPANS_LOCATION_TAG) === "TRACKING_STORE";
}

const notInDatabase = (): ApiFailure => new ApiFailure("INTERNAL_ERROR", "Trace data not stored in tracking store");

/** A trace with its spans. Without `allowPartial`, one whose info announces more spans than there are is not found. */
export function answerTrace(traces: TraceStore, id: string, allowPartial: boolean): MockReply {
  const info = traces.find(id);
  if (!info) throw missing(`Trace with ID ${id} is not found.`);
  if (!isInDatabase(info)) throw notInDatabase();
  return orCrash(() => {
    if (!allowPartial && !isComplete(traces, info)) {
      throw missing(`Trace with ID ${id} is not fully exported yet, please try again later.`);
    }
    return jsonTextReply(`{"trace":${writeTrace(traces, info)}}`);
  });
}

/** Those of the traces that are complete, in the order in which they came. */
export function answerTraces(traces: TraceStore, ids: readonly string[]): MockReply {
  const wanted = new Set(ids);
  const found = traces.all().filter((info) => wanted.has(info.id));
  if (!found.every(isInDatabase)) throw notInDatabase();
  return orCrash(() => {
    const written = found.filter((info) => isComplete(traces, info)).map((info) => writeTrace(traces, info));
    return jsonTextReply(written.length > 0 ? `{"traces":[${written.join(",")}]}` : "{}");
  });
}

function writeTrace(traces: TraceStore, info: TraceInfo): string {
  const spans = traces.spansOf(info.id).map(writeProtoJson);
  const field = spans.length > 0 ? `,"spans":[${spans.join(",")}]` : "";
  return `{"trace_info":${JSON.stringify(traceInfoJson(info))}${field}}`;
}

function isComplete(traces: TraceStore, info: TraceInfo): boolean {
  const stats = info.metadata.get("mlflow.trace.sizeStats");
  const stored = traces.spansOf(info.id).length;
  if (stats === undefined) return stored > 0;
  const announced: unknown = Object(JSON.parse(stats)).num_spans;
  if (typeof announced !== "number") throw new TypeError("num_spans is no number");
  return stored > 0 && stored >= announced;
}

/** What the server does not foresee, such as sizes that are no JSON, ends in its page for failures. */
function orCrash(answer: () => MockReply): MockReply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    return htmlReply(500);
  }
}
