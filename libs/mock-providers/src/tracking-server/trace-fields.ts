import type { MessageFields } from "./proto-json";

const string = { type: "string" } as const;
const timestamp = { type: "timestamp" } as const;
const map = { type: "map" } as const;
const value = { type: "value" } as const;

const ASSESSMENT_FIELDS: MessageFields = {
  assessment_id: string,
  assessment_name: string,
  trace_id: string,
  span_id: string,
  source: {
    type: "message",
    fields: {
      source_type: { type: "enum", names: ["SOURCE_TYPE_UNSPECIFIED", "HUMAN", "LLM_JUDGE", "CODE"] },
      source_id: string,
    },
  },
  create_time: timestamp,
  last_update_time: timestamp,
  feedback: { type: "message", fields: { value, error: { type: "value" } } },
  expectation: {
    type: "message",
    fields: { value, serialized_value: { type: "message", fields: { serialization_format: string, value: string } } },
  },
  rationale: string,
  metadata: map,
  overrides: string,
  valid: { type: "bool" },
};

/** The trace info of POST traces. */
export const TRACE_INFO_FIELDS: MessageFields = {
  trace_id: string,
  client_request_id: string,
  trace_location: {
    type: "message",
    fields: {
      type: {
        type: "enum",
        names: [
          "TRACE_LOCATION_TYPE_UNSPECIFIED",
          "MLFLOW_EXPERIMENT",
          "INFERENCE_TABLE",
          "UC_SCHEMA",
          "UC_TABLE_PREFIX",
        ],
      },
      mlflow_experiment: { type: "message", fields: { experiment_id: string } },
      inference_table: { type: "message", fields: { full_table_name: string } },
    },
  },
  request_preview: string,
  response_preview: string,
  request_time: timestamp,
  execution_duration: { type: "duration" },
  state: { type: "enum", names: ["STATE_UNSPECIFIED", "OK", "ERROR", "IN_PROGRESS"] },
  trace_metadata: map,
  assessments: { type: "repeated", fields: ASSESSMENT_FIELDS },
  tags: map,
};
