/**
 * What the SDK uses of OpenTelemetry's API, in one place: bundlers that leave the API out then write one import of it, and
 * not one for each file.
 */
export {
  context,
  createContextKey,
  defaultTextMapSetter,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
