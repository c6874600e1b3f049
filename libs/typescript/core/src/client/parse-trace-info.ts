import { assessmentFromJson } from "../entities/assessment.js";
import { traceInfoFromJson } from "../entities/trace-from-json.js";
import type { TraceInfo } from "../entities/trace-info.js";

/** A trace info as the server sends it, assessments included. */
export function parseTraceInfo(json: unknown): TraceInfo {
  return traceInfoFromJson(json, assessmentFromJson);
}
