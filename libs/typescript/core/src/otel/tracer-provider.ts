import type { Context, Link, Span, SpanContext, SpanOptions, Tracer, TracerProvider } from "@opentelemetry/api";
import { guarded } from "../diagnostics.js";
import type { LiveSpan } from "../entities/live-span.js";
import type { TraceRecorder } from "../telemetry/trace-recorder.js";
import { context as contextApi, INVALID_SPAN_CONTEXT, isSpanContextValid, TraceFlags, trace } from "./api.js";
import { randomId } from "./random-id.js";
import { RecordedSpan, type SpanEndListener } from "./recorded-span.js";
import { isTracingSuppressed } from "./suppression.js";
import { toHrTime } from "./time-input.js";

/** A provider whose spans go to MLflow. Every span is recorded: sampling is for the application's own provider to do. */
export class MlflowTracerProvider implements TracerProvider {
  readonly #tracer: MlflowTracer;

  constructor(recorder: TraceRecorder) {
    this.#tracer = new MlflowTracer(recorder);
  }

  getTracer(): MlflowTracer {
    return this.#tracer;
  }
}

export class MlflowTracer implements Tracer, SpanEndListener {
  readonly #recorder: TraceRecorder;

  constructor(recorder: TraceRecorder) {
    this.#recorder = recorder;
  }

  startSpan(name: string, options: SpanOptions = {}, context: Context = contextApi.active()): Span {
    const parent = options.root ? undefined : trace.getSpanContext(context);
    const span = isTracingSuppressed(context) ? undefined : this.record(name, parent, context, options);
    // What is not recorded still carries the trace on, so that its requests stay part of a caller's trace.
    return span?._span ?? trace.wrapSpanContext(parent ?? INVALID_SPAN_CONTEXT);
  }

  startActiveSpan<F extends (span: Span) => unknown>(name: string, ...rest: unknown[]): ReturnType<F> {
    const callback = rest.pop() as F;
    const [options = {}, parent = contextApi.active()] = rest as [SpanOptions?, Context?];
    const span = this.startSpan(name, options, parent);
    return contextApi.with(trace.setSpan(parent, span), () => callback(span) as ReturnType<F>);
  }

  /** Starts a recorded span below `parent`; `undefined` when nothing is recorded here. */
  record(name: string, parent: SpanContext | undefined, context: Context, options: SpanOptions): LiveSpan | undefined {
    const known = parent && isSpanContextValid(parent) ? parent : undefined;
    const span = new RecordedSpan(
      {
        name,
        context: childContext(known),
        parentSpanContext: known,
        startTime: toHrTime(options.startTime),
        kind: options.kind,
      },
      this,
    );
    if (options.attributes) span.setAttributes(options.attributes);
    if (options.links) span.addLinks(options.links as Link[]);
    span.live = guarded("Failed to record the start of a span", () => this.#recorder.start(span, context));
    return span.live;
  }

  onEnding({ live }: RecordedSpan): void {
    if (live) guarded("Failed to settle a span", () => live.settle());
  }

  onEnd({ live }: RecordedSpan): void {
    if (live) guarded("Failed to record the end of a span", () => this.#recorder.end(live));
  }
}

function childContext(parent: SpanContext | undefined): SpanContext {
  const context: SpanContext = {
    traceId: parent?.traceId ?? randomId(16),
    spanId: randomId(8),
    traceFlags: TraceFlags.SAMPLED,
  };
  if (parent?.traceState) context.traceState = parent.traceState;
  return context;
}
