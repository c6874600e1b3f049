import { assessmentFromJson } from "../entities/assessment.js";
import { TraceInfo } from "../entities/trace-info.js";

/** A trace info as the server sends it, assessments included. */
export function parseTraceInfo(json: unknown): TraceInfo {
  return TraceInfo.fromJson(json, assessmentFromJson);
}
