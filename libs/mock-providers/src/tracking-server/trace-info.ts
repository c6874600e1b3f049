import { assessmentJson, completeAssessment } from "./assessments";
import { ApiFailure, invalid } from "./error";
import type { Experiment } from "./experiments";
import { formatDuration, formatTimestamp, type ParsedMessage } from "./proto-json";
import { rewriteMetadata } from "./usage-metadata";

/** Longest keys and values, in characters; longer ones are cut without an error. */
const LONGEST_KEY = 250;
export const LONGEST_METADATA = 250;
export const LONGEST_TAG = 4096;

/** A stored trace info. */
export interface TraceInfo {
  readonly id: string;
  experimentId: string;
  clientRequestId: string | undefined;
  requestTimeMs: number;
  durationMs: number | undefined;
  state: string;
  requestPreview: string | undefined;
  responsePreview: string | undefined;
  readonly metadata: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly assessments: Map<string, ParsedMessage>;
}

/** The experiment that a posted info belongs to. Fails as the server does when the location is of another kind. */
export function experimentIdOf(parsed: ParsedMessage): string {
  const location = asRecord(parsed.trace_location);
  const experiment = location.mlflow_experiment === undefined ? undefined : asRecord(location.mlflow_experiment);
  if (!experiment) {
    throw new ApiFailure(
      "INTERNAL_ERROR",
      "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    );
  }
  const id = String(experiment.experiment_id ?? "");
  if (location.type !== "MLFLOW_EXPERIMENT") throw invalid(mismatch(String(location.type ?? ""), id));
  if (id === "") throw new ApiFailure("INTERNAL_ERROR", "invalid literal for int() with base 10: ''");
  return id;
}

function mismatch(type: string, id: string): string {
  const name = type || "TRACE_LOCATION_TYPE_UNSPECIFIED";
  return `Trace location type TraceLocationType.${name} does not match the provided location MlflowExperimentLocation(experiment_id='${id}').`;
}

/** An empty info for a new trace. */
export function createTraceInfo(id: string): TraceInfo {
  return {
    id,
    experimentId: "",
    clientRequestId: undefined,
    requestTimeMs: 0,
    durationMs: undefined,
    state: "STATE_UNSPECIFIED",
    requestPreview: undefined,
    responsePreview: undefined,
    metadata: new Map(),
    tags: new Map(),
    assessments: new Map(),
  };
}

export const ARTIFACT_LOCATION_TAG = "mlflow.artifactLocation";
/** `TRACKING_STORE` for a trace whose spans came by OTLP. */
export const SPANS_LOCATION_TAG = "mlflow.trace.spansLocation";
/** Metadata of a trace whose info was posted. */
export const INFO_FINALIZED = "mlflow.trace.infoFinalized";

/** Puts a trace into an experiment; its artifacts are then looked for there. */
export function moveToExperiment(info: TraceInfo, experiment: Experiment): void {
  info.experimentId = experiment.id;
  const parts = [experiment.artifactLocation, "traces", info.id, "artifacts"];
  info.tags.set(ARTIFACT_LOCATION_TAG, parts.filter((part) => part !== "").join("/"));
}

/** Applies a posted info: single fields are replaced (also by absence, previews excepted), maps merged key by key. */
export function applyPostedInfo(info: TraceInfo, parsed: ParsedMessage): void {
  info.clientRequestId = optionalText(parsed.client_request_id);
  info.requestTimeMs = Number(parsed.request_time ?? 0);
  info.durationMs = typeof parsed.execution_duration === "number" ? parsed.execution_duration : undefined;
  info.state = String(parsed.state ?? "STATE_UNSPECIFIED");
  info.requestPreview = optionalText(parsed.request_preview) ?? info.requestPreview;
  info.responsePreview = optionalText(parsed.response_preview) ?? info.responsePreview;
  for (const [key, value] of Object.entries(asRecord(parsed.trace_metadata))) {
    const stored = rewriteMetadata(key, String(value));
    if (stored !== undefined) info.metadata.set(cut(key, LONGEST_KEY), cut(stored, LONGEST_METADATA));
  }
  info.metadata.set(INFO_FINALIZED, "true");
  for (const [key, value] of Object.entries(asRecord(parsed.tags))) {
    info.tags.set(cut(key, LONGEST_KEY), cut(String(value), LONGEST_TAG));
  }
  for (const item of Array.isArray(parsed.assessments) ? parsed.assessments : []) {
    const assessment = completeAssessment(item, info.id, `${info.id}:${info.assessments.size}`);
    info.assessments.set(String(assessment.assessment_id), assessment);
  }
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Counts characters, not UTF-16 code units. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : [...text].slice(0, longest).join("");
}

/** An info as the REST API writes it: unset fields and empty maps are left out. */
export function traceInfoJson(info: TraceInfo): Record<string, unknown> {
  const assessments = [...info.assessments.values()].map(assessmentJson);
  const fields = {
    trace_id: info.id,
    client_request_id: info.clientRequestId || undefined,
    trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: info.experimentId } },
    request_time: formatTimestamp(info.requestTimeMs),
    execution_duration: info.durationMs === undefined ? undefined : formatDuration(info.durationMs),
    state: info.state,
    trace_metadata: info.metadata.size > 0 ? Object.fromEntries(info.metadata) : undefined,
    assessments: assessments.length > 0 ? assessments : undefined,
    tags: info.tags.size > 0 ? Object.fromEntries(info.tags) : undefined,
    request_preview: info.requestPreview,
    response_preview: info.responsePreview,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
