/** What needs no example, by name, and why. */
export const WITHOUT_EXAMPLE: readonly (readonly [names: RegExp, reason: string])[] = [
  [/\.(toJson|fromJson|payload)$/, "a form of the value, for the SDK's own requests; its types say all"],
  [/\.(to|from)OtelStatus$/, "translates for OpenTelemetry; its types say all"],
  [/SpanProcessor\.(onStart|onEnding|onEnd|forceFlush|shutdown)$/, "OpenTelemetry's provider calls it"],
  [/Exporter\.(export|flush)$/, "the SDK calls it; a program calls flushTraces"],
  [/InMemoryTraceManager\./, "the SDK keeps its account with it; the class shows what a program may ask"],
  [/mlflow-tracing\.LiveTrace$/, "InMemoryTraceManager gives it, whose example shows it"],
  [/LiveSpan\.settle$/, "the span processor calls it"],
  [/\.NoOpSpan/, "a program never makes one and uses it as any LiveSpan"],
  [/MlflowCallback\.copy$/, "LangChain calls it"],
];

/** What still lacks something, as `name: what`; to be written and then removed here. */
export const PENDING: readonly string[] = [];
