/** The names MLflow gives to spans' attributes, traces' metadata and tags, and the numbers that go with them. */

import {
  ARTIFACT_LOCATION_TAG,
  SPAN_FUNCTION_NAME,
  SPAN_INPUTS,
  SPAN_LOG_LEVEL,
  SPAN_OUTPUTS,
  SPAN_TOKEN_USAGE,
  SPAN_TRACE_ID,
  SPAN_TYPE,
  SPANS_LOCATION_TAG,
  TRACE_INPUTS,
  TRACE_NAME_TAG,
  TRACE_OUTPUTS,
  TRACE_SCHEMA,
  TRACE_SESSION,
  TRACE_SIZE_BYTES,
  TRACE_TOKEN_USAGE,
  TRACE_USER,
} from "./attribute-keys.js";

/** What a span stands for. Any other string is allowed too and is shown as it is. */
export const SpanType = {
  LLM: "LLM",
  CHAIN: "CHAIN",
  AGENT: "AGENT",
  TOOL: "TOOL",
  CHAT_MODEL: "CHAT_MODEL",
  RETRIEVER: "RETRIEVER",
  PARSER: "PARSER",
  EMBEDDING: "EMBEDDING",
  RERANKER: "RERANKER",
  MEMORY: "MEMORY",
  UNKNOWN: "UNKNOWN",
} as const;
/** A member of {@link SpanType} or a name of your own. */
export type SpanType = (typeof SpanType)[keyof typeof SpanType] | (string & {});

/** Keys of span attributes that MLflow understands. */
export const SpanAttributeKey = {
  EXPERIMENT_ID: "mlflow.experimentId",
  TRACE_ID: SPAN_TRACE_ID,
  INPUTS: SPAN_INPUTS,
  OUTPUTS: SPAN_OUTPUTS,
  SPAN_TYPE: SPAN_TYPE,
  LOG_LEVEL: SPAN_LOG_LEVEL,
  FUNCTION_NAME: SPAN_FUNCTION_NAME,
  MESSAGE_FORMAT: "mlflow.message.format",
  TOKEN_USAGE: SPAN_TOKEN_USAGE,
  CHAT_TOOLS: "mlflow.chat.tools",
  MODEL: "mlflow.llm.model",
  MODEL_PROVIDER: "mlflow.llm.provider",
  /** Object with the keys of {@link CostKey}, in US dollars. */
  LLM_COST: "mlflow.llm.cost",
  SESSION_ID: "session.id",
  USER_ID: "user.id",
} as const;

/** Keys of a trace's metadata, which never change once the trace is finished. */
export const TraceMetadataKey = {
  SOURCE_RUN: "mlflow.sourceRun",
  MODEL_ID: "mlflow.modelId",
  SIZE_BYTES: TRACE_SIZE_BYTES,
  SCHEMA_VERSION: TRACE_SCHEMA,
  TOKEN_USAGE: TRACE_TOKEN_USAGE,
  /** JSON text of an object with the keys of {@link CostKey}, in US dollars. */
  COST: "mlflow.trace.cost",
  TRACE_SESSION: TRACE_SESSION,
  TRACE_USER: TRACE_USER,
  INPUTS: TRACE_INPUTS,
  OUTPUTS: TRACE_OUTPUTS,
  GIT_BRANCH: "mlflow.source.git.branch",
  GIT_COMMIT: "mlflow.source.git.commit",
  GIT_REPO_URL: "mlflow.source.git.repoURL",
  /** Of an export by several requests: how many spans the trace has. The server waits for that many. */
  SIZE_STATS: "mlflow.trace.sizeStats",
  /** Set by the server. */
  INFO_FINALIZED: "mlflow.trace.infoFinalized",
  USER: "mlflow.user",
  SOURCE_NAME: "mlflow.source.name",
  SOURCE_TYPE: "mlflow.source.type",
} as const;

/** Keys of a trace's tags, which can be changed at any time. */
export const TraceTagKey = {
  /** Set by the server; sending it for a new trace is refused. */
  MLFLOW_ARTIFACT_LOCATION: ARTIFACT_LOCATION_TAG,
  TRACE_NAME: TRACE_NAME_TAG,
  /** Set by the server: where it keeps the spans (`TRACKING_STORE`, `ARTIFACT_REPO`, `ARCHIVE_REPO`). */
  SPANS_LOCATION: SPANS_LOCATION_TAG,
} as const;

/** Keys of token counts, on spans and on traces. */
export const TokenUsageKey = {
  INPUT_TOKENS: "input_tokens",
  OUTPUT_TOKENS: "output_tokens",
  TOTAL_TOKENS: "total_tokens",
  CACHE_READ_INPUT_TOKENS: "cache_read_input_tokens",
  CACHE_CREATION_INPUT_TOKENS: "cache_creation_input_tokens",
  CACHE_CREATION_INPUT_TOKENS_ABOVE_1HR: "cache_creation_input_tokens_above_1hr",
} as const;

/** Keys of a cost, on spans and on traces. */
export const CostKey = {
  INPUT_COST: "input_cost",
  OUTPUT_COST: "output_cost",
  TOTAL_COST: "total_cost",
} as const;

/** Version of the form in which traces are written. */
export const TRACE_SCHEMA_VERSION = "3";
/** Of traces that are kept in tables of Unity Catalog. */
export const TRACE_SCHEMA_VERSION_V4 = "4";
/** What every trace id of MLflow starts with; 32 hex digits follow. */
export const TRACE_ID_PREFIX = "tr-";
/** What the id of a trace in Unity Catalog starts with: `trace:/catalog.schema.prefix/<32 hex digits>`. */
export const TRACE_ID_V4_PREFIX = "trace:/";
/** Name of the table that takes the spans of an upload, `catalog.schema.table`. */
export const DATABRICKS_UC_TABLE_HEADER = "X-Databricks-UC-Table-Name";
/** Names the experiment of spans that come by OTLP. */
export const MLFLOW_EXPERIMENT_ID_HEADER = "x-mlflow-experiment-id";
/** Name of a span that was given none. */
export const DEFAULT_SPAN_NAME = "span";
/** Trace id of a span that records nothing. */
export const NO_OP_SPAN_TRACE_ID = "no-op-span-trace-id";
/** Characters of a trace's request and response previews; longer ones end in `...`. */
export const REQUEST_RESPONSE_PREVIEW_MAX_LENGTH = 1000;
/** Characters of one metadata value; the server cuts longer ones. */
export const TRACE_METADATA_MAX_LENGTH = 250;
