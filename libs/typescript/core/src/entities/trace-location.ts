import { asRecord, asText } from "../json/read.js";
import { isUcLocation, type UnityCatalogLocation, ucLocationFromJson, ucLocationToJson } from "./uc-location.js";

/** Where the server files a trace. A self-hosted server knows experiments only; the others are Databricks'. */
export const TraceLocationType = {
  TRACE_LOCATION_TYPE_UNSPECIFIED: "TRACE_LOCATION_TYPE_UNSPECIFIED",
  MLFLOW_EXPERIMENT: "MLFLOW_EXPERIMENT",
  INFERENCE_TABLE: "INFERENCE_TABLE",
  UC_TABLE_PREFIX: "UC_TABLE_PREFIX",
} as const;
export type TraceLocationType = (typeof TraceLocationType)[keyof typeof TraceLocationType] | (string & {});

/** Where a trace is filed: its kind, and the one field that goes with it. */
export interface TraceLocation {
  type: TraceLocationType;
  mlflowExperiment?: { experimentId: string };
  inferenceTable?: { fullTableName: string };
  ucTablePrefix?: UnityCatalogLocation;
}

/**
 * The location of traces of an experiment.
 *
 * @example createTraceLocationFromExperimentId("1") // { type: "MLFLOW_EXPERIMENT", mlflowExperiment: { experimentId: "1" } }
 */
export function createTraceLocationFromExperimentId(experimentId: string): TraceLocation {
  return { type: "MLFLOW_EXPERIMENT", mlflowExperiment: { experimentId } };
}

/** The REST API's form. */
export function traceLocationToJson(location: TraceLocation): Record<string, unknown> {
  const { type, mlflowExperiment, inferenceTable } = location;
  if (isUcLocation(location)) return ucLocationToJson(location);
  return {
    type,
    // A number would make the server fail.
    ...(mlflowExperiment && { mlflow_experiment: { experiment_id: String(mlflowExperiment.experimentId) } }),
    ...(inferenceTable && { inference_table: { full_table_name: inferenceTable.fullTableName } }),
  };
}

/** Kinds of location that this version does not know keep their type and lose the rest. */
export function traceLocationFromJson(json: unknown): TraceLocation {
  const record = asRecord(json);
  const experimentId = asText(asRecord(record.mlflow_experiment).experiment_id);
  const fullTableName = asText(asRecord(record.inference_table).full_table_name);
  return (
    ucLocationFromJson(json) ?? {
      type: asText(record.type) ?? TraceLocationType.TRACE_LOCATION_TYPE_UNSPECIFIED,
      ...(experimentId !== undefined && { mlflowExperiment: { experimentId } }),
      ...(fullTableName !== undefined && { inferenceTable: { fullTableName } }),
    }
  );
}
