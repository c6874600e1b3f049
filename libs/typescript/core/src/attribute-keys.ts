/** The names that recording uses, one by one, so that a program does not load those it never writes; see `constants.ts`. */

export const SPAN_TRACE_ID = "mlflow.traceRequestId";
export const SPAN_INPUTS = "mlflow.spanInputs";
export const SPAN_OUTPUTS = "mlflow.spanOutputs";
export const SPAN_TYPE = "mlflow.spanType";
export const SPAN_LOG_LEVEL = "mlflow.spanLogLevel";
export const SPAN_FUNCTION_NAME = "mlflow.spanFunctionName";
export const SPAN_TOKEN_USAGE = "mlflow.chat.tokenUsage";
export const TRACE_SIZE_BYTES = "mlflow.trace.sizeBytes";
export const TRACE_SCHEMA = "mlflow.trace_schema.version";
export const TRACE_TOKEN_USAGE = "mlflow.trace.tokenUsage";
export const TRACE_SESSION = "mlflow.trace.session";
export const TRACE_USER = "mlflow.trace.user";
export const TRACE_INPUTS = "mlflow.traceInputs";
export const TRACE_OUTPUTS = "mlflow.traceOutputs";
export const ARTIFACT_LOCATION_TAG = "mlflow.artifactLocation";
export const TRACE_NAME_TAG = "mlflow.traceName";
export const SPANS_LOCATION_TAG = "mlflow.trace.spansLocation";
