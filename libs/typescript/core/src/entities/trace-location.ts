import { asRecord, asText } from "../json/read.js";

/** Where the server files a trace. */
export const TraceLocationType = {
  TRACE_LOCATION_TYPE_UNSPECIFIED: "TRACE_LOCATION_TYPE_UNSPECIFIED",
  MLFLOW_EXPERIMENT: "MLFLOW_EXPERIMENT",
} as const;
export type TraceLocationType = (typeof TraceLocationType)[keyof typeof TraceLocationType] | (string & {});

export interface TraceLocation {
  type: TraceLocationType;
  mlflowExperiment?: { experimentId: string };
}

/** A location as the REST API has it. */
export interface TraceLocationJson {
  type: string;
  mlflow_experiment?: { experiment_id: string };
}

export function createTraceLocationFromExperimentId(experimentId: string): TraceLocation {
  return { type: TraceLocationType.MLFLOW_EXPERIMENT, mlflowExperiment: { experimentId } };
}

export function traceLocationToJson(location: TraceLocation): TraceLocationJson {
  const { type, mlflowExperiment } = location;
  return mlflowExperiment ? { type, mlflow_experiment: { experiment_id: mlflowExperiment.experimentId } } : { type };
}

/** Kinds of location that this version does not know keep their type and lose the rest. */
export function traceLocationFromJson(json: unknown): TraceLocation {
  const record = asRecord(json);
  const type = asText(record.type) ?? TraceLocationType.TRACE_LOCATION_TYPE_UNSPECIFIED;
  const experimentId = asText(asRecord(record.mlflow_experiment).experiment_id);
  return experimentId === undefined ? { type } : { type, mlflowExperiment: { experimentId } };
}
