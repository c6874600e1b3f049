export type { AuthProvider, HeadersProvider } from "./auth/auth-provider.js";
export { type AuthOptions, createAuthProvider } from "./auth/create-auth-provider.js";
export type {
  LogExpectationOptions,
  LogFeedbackOptions,
  OverrideFeedbackOptions,
  UpdateExpectationOptions,
  UpdateFeedbackOptions,
} from "./client/assessments.js";
export type { Experiment, SearchExperimentsOptions, SearchExperimentsResult } from "./client/experiments.js";
export { MlflowConnectionError, MlflowHttpError } from "./client/http-error.js";
export type { DeleteTracesOptions } from "./client/manage-traces.js";
export { MlflowClient, type MlflowClientOptions } from "./client/mlflow-client.js";
export type { GetTraceOptions } from "./client/read-trace.js";
export type { IterateTracesOptions, SearchTracesOptions, SearchTracesResult } from "./client/search-traces.js";
export type { InitOptions } from "./config.js";
export * from "./constants.js";
export {
  calculateCostByModelAndTokenUsage,
  type ModelCost,
  type ModelTokenUsage,
} from "./cost/calculate-cost.js";
export { DatabricksUCTableSpanExporter, type UcClient } from "./databricks/uc-table-span-exporter.js";
export { DatabricksUCTableSpanProcessor } from "./databricks/uc-table-span-processor.js";
export { type DiagnosticSink, setDiagnosticSink } from "./diagnostics.js";
export {
  type Assessment,
  assessmentFromJson,
  assessmentToJson,
  isExpectation,
  isFeedback,
  type OpaqueAssessment,
} from "./entities/assessment.js";
export { AssessmentError, type AssessmentErrorParams, truncateStackTrace } from "./entities/assessment-error.js";
export { Expectation, type ExpectationParams } from "./entities/assessment-expectation.js";
export { Feedback, type FeedbackParams } from "./entities/assessment-feedback.js";
export {
  AssessmentSource,
  type AssessmentSourceParams,
  AssessmentSourceType,
} from "./entities/assessment-source.js";
export type { JsonValue } from "./entities/json-value.js";
export { LiveSpan, type SpanEndOptions } from "./entities/live-span.js";
export { NoOpSpan } from "./entities/no-op-span.js";
export { Span, SpanLink, Trace, TraceData, TraceInfo } from "./entities/readable.js";
export { SpanEvent, type SpanEventParams } from "./entities/span-event.js";
export type { SpanJson } from "./entities/span-json.js";
export type { SerializedSpanLink, SpanLinkParams } from "./entities/span-link.js";
export { SpanLogLevel, toSpanLogLevel } from "./entities/span-log-level.js";
export { SpanStatus, SpanStatusCode, type SpanStatusCodeLike } from "./entities/span-status.js";
export type { TokenUsage } from "./entities/token-usage.js";
export type { AssessmentReader } from "./entities/trace-from-json.js";
export type { TraceInfoParams } from "./entities/trace-info.js";
export {
  createTraceLocationFromExperimentId,
  type TraceLocation,
  TraceLocationType,
} from "./entities/trace-location.js";
export { TraceState } from "./entities/trace-state.js";
export {
  createTraceLocationFromUcTablePrefix,
  getUcLocationString,
  type UnityCatalogLocation,
} from "./entities/uc-location.js";
export type { UcTablePrefix } from "./entities/uc-trace-info.js";
export { InMemoryTraceExporter } from "./export/in-memory-trace-exporter.js";
export {
  type ExportCounters,
  MlflowTraceExporter,
  type MlflowTraceExporterOptions,
} from "./export/mlflow-trace-exporter.js";
export type { Attachment, FinishedTrace, TraceExporter } from "./export/trace-exporter.js";
export { constructTraceIdV4, parseTraceIdV4 } from "./ids.js";
export * from "./integration/index.js";
export type { ReadableSpan, RecordingSpan, TimedEvent } from "./otel/readable-span.js";
export { flushTraces, type InitDestination, init, shutdown } from "./provider.js";
export { registerOnSpanEndHook, registerOnSpanStartHook, type SpanHook } from "./telemetry/hooks.js";
export { InMemoryTraceManager } from "./telemetry/in-memory-trace-manager.js";
export { LiveTrace } from "./telemetry/live-trace.js";
export { MlflowSpanProcessor } from "./telemetry/mlflow-span-processor.js";
export { getCurrentActiveSpan, withActiveSpan } from "./tracing/active-span.js";
export { getLastActiveTraceId, type UpdateCurrentTraceOptions, updateCurrentTrace } from "./tracing/current-trace.js";
export {
  getTracingContextHeadersForHttpRequest,
  type IncomingHeaders,
  withTracingContextFromHeaders,
  withTracingContextFromHeadersAsync,
} from "./tracing/distributed.js";
export { PassThroughTracerProvider } from "./tracing/pass-through-tracer-provider.js";
export { type SpanOptions, startSpan } from "./tracing/start-span.js";
export { type TraceDecorator, type TraceOptions, trace } from "./tracing/trace.js";
export { type TracingContextOptions, tracingContext } from "./tracing/tracing-context.js";
export { withSpan } from "./tracing/with-span.js";
export { type MethodWrapper, wrapMethods } from "./tracing/wrap-methods.js";
