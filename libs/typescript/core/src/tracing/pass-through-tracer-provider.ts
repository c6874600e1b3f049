import type { Span, Tracer, TracerProvider } from "@opentelemetry/api";
import { INVALID_SPAN_CONTEXT, trace } from "../otel/api.js";
import { getCurrentActiveSpan } from "./active-span.js";

/**
 * A tracer provider for client libraries that trace themselves, while MLflow records their calls already: their spans record
 * nothing and stand for the active MLflow span, so that its trace context still goes out with their requests.
 *
 * @example client.withOptions({ openTelemetry: { tracerProvider: new PassThroughTracerProvider() } })
 */
export class PassThroughTracerProvider implements TracerProvider {
  getTracer(): Tracer {
    return TRACER;
  }
}

const TRACER: Tracer = {
  startSpan: currentContextOnly,
  startActiveSpan(_name: string, ...rest: unknown[]) {
    const callback = rest.at(-1) as (span: Span) => never;
    return callback(currentContextOnly());
  },
};

function currentContextOnly(): Span {
  return trace.wrapSpanContext(getCurrentActiveSpan()?._span.spanContext() ?? INVALID_SPAN_CONTEXT);
}
