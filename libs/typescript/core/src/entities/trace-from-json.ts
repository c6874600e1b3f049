import { asList, asRecord, asText, asTextRecord } from "../json/read.js";
import type { Assessment, OpaqueAssessment } from "./assessment.js";
import { fromTimestamp } from "./json-value.js";
import { spanFromJson } from "./span-from-json.js";
import { Trace } from "./trace.js";
import { TraceData } from "./trace-data.js";
import { TraceInfo } from "./trace-info.js";
import { traceLocationFromJson } from "./trace-location.js";
import { TraceState } from "./trace-state.js";

/** Makes an object of an assessment in the REST API's form, or leaves it as it is. */
export type AssessmentReader = (json: OpaqueAssessment) => Assessment | OpaqueAssessment;

/** Reads what `Trace.toJson` wrote. @param readAssessment see {@link traceInfoFromJson} */
export function traceFromJson(json: unknown, readAssessment?: AssessmentReader): Trace {
  const { info, data } = asRecord(json);
  return new Trace(traceInfoFromJson(info, readAssessment), traceDataFromJson(data));
}

/** Reads the contents of `traces.json`. */
export function traceDataFromJson(json: unknown): TraceData {
  return new TraceData(asList(asRecord(json).spans).map(spanFromJson));
}

/**
 * Reads the REST API's form; a missing or unreadable time reads as now.
 *
 * @param readAssessment `assessmentFromJson`, as `MlflowClient` has it; without it assessments stay in the API's form, so
 *   that a program which reads none does not load what assessments are made of
 */
export function traceInfoFromJson(
  json: unknown,
  readAssessment: AssessmentReader = (assessment) => assessment,
): TraceInfo {
  const record = asRecord(json);
  return new TraceInfo({
    traceId: asText(record.trace_id) ?? "",
    clientRequestId: asText(record.client_request_id),
    traceLocation: traceLocationFromJson(record.trace_location),
    requestPreview: asText(record.request_preview),
    responsePreview: asText(record.response_preview),
    requestTime: fromTimestamp(asText(record.request_time)) ?? Date.now(),
    executionDuration: readDuration(asText(record.execution_duration)),
    state: readState(asText(record.state)),
    traceMetadata: asTextRecord(record.trace_metadata),
    tags: asTextRecord(record.tags),
    assessments: asList(record.assessments).map((item) => readAssessment(asRecord(item))),
  });
}

/** Milliseconds of protobuf's JSON duration, rounded down as the server does, e.g. 500 of `"0.500s"`. */
function readDuration(text: string | undefined): number | undefined {
  const [, sign, seconds, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(text ?? "") ?? [];
  if (seconds === undefined) return undefined;
  const ms = Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return sign && ms > 0 ? -ms : ms;
}

function readState(text: string | undefined): TraceState {
  return Object.values(TraceState).find((state) => state === text) ?? TraceState.STATE_UNSPECIFIED;
}
