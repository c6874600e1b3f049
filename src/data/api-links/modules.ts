/** A module of upstream's API reference. */
export interface ApiModule {
  /** Its page, below `api_reference/`. */
  readonly page: string;
  /** The names that have an anchor on the page, without the module; none where the page has no such anchors. */
  readonly members?: readonly string[];
}

const python = (module: string, members: readonly string[] = ["autolog"]): [string, ApiModule] => [
  module,
  { page: `python_api/${module}.html`, members },
];
const savesModels = ["autolog", "load_model", "log_model", "save_model"];

const fluent = [
  "add_trace",
  "autolog",
  "create_experiment",
  "delete_assessment",
  "delete_trace_tag",
  "flush_trace_async_logging",
  "get_active_trace_id",
  "get_assessment",
  "get_current_active_span",
  "get_last_active_trace_id",
  "get_trace",
  "get_tracking_uri",
  "log_assessment",
  "log_expectation",
  "log_feedback",
  "log_trace",
  "override_feedback",
  "search_traces",
  "set_active_model",
  "set_experiment",
  "set_trace_tag",
  "set_tracking_uri",
  "start_span",
  "start_span_no_context",
  "trace",
  "update_assessment",
  "update_current_trace",
];

const client = [
  "MlflowClient",
  "MlflowClient.delete_traces",
  "MlflowClient.end_span",
  "MlflowClient.end_trace",
  "MlflowClient.get_trace",
  "MlflowClient.search_traces",
  "MlflowClient.set_trace_tag",
  "MlflowClient.start_span",
  "MlflowClient.start_trace",
];

const entities = [
  "Assessment",
  "Document",
  "Expectation",
  "Feedback",
  "LiveSpan",
  "NoOpSpan",
  "Span",
  "SpanEvent",
  "SpanStatus",
  "SpanStatusCode",
  "SpanType",
  "Trace",
  "TraceData",
  "TraceInfo",
  "TraceLocation",
  "TraceState",
  "LiveSpan.add_event",
  "LiveSpan.record_exception",
  "LiveSpan.set_attribute",
  "LiveSpan.set_attributes",
  "LiveSpan.set_inputs",
  "LiveSpan.set_outputs",
  "LiveSpan.set_span_type",
  "LiveSpan.set_status",
];

const tracing = [
  "configure",
  "disable",
  "disable_notebook_display",
  "enable",
  "enable_notebook_display",
  "reset",
  "set_destination",
  "set_span_chat_tools",
];

/**
 * What upstream's reference documents, of the part that guides about tracing speak of. A flavor that the reference has
 * no page for (semantic_kernel, txtai, otel) is left out on purpose.
 */
export const API_MODULES: ReadonlyMap<string, ApiModule> = new Map<string, ApiModule>([
  python("mlflow", fluent),
  python("mlflow.ag2"),
  python("mlflow.agno"),
  python("mlflow.anthropic"),
  python("mlflow.autogen"),
  python("mlflow.bedrock"),
  python("mlflow.client", client),
  python("mlflow.crewai"),
  python("mlflow.dspy", savesModels),
  python("mlflow.entities", entities),
  python("mlflow.gemini"),
  python("mlflow.groq"),
  python("mlflow.haystack"),
  python("mlflow.langchain", savesModels),
  python("mlflow.litellm"),
  python("mlflow.llama_index", savesModels),
  python("mlflow.mistral"),
  python("mlflow.openai", savesModels),
  python("mlflow.pydantic_ai"),
  python("mlflow.smolagents"),
  python("mlflow.strands"),
  python("mlflow.tracing", tracing),
  ["mlflow.typescript", { page: "typescript_api/index.html" }],
]);
