import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Adapter } from "../adapter";

/** OpenTelemetry's SDK, which several of the others stand on, keeping finished spans until they are serialised. */
export function startOpenTelemetry(makeProcessor: (kept: InMemorySpanExporter) => SpanProcessor) {
  const kept = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [makeProcessor(kept)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  let received = 0;
  const flush = async (): Promise<void> => {
    await provider.forceFlush();
    const spans = kept.getFinishedSpans();
    const bytes = JsonTraceSerializer.serializeRequest(spans);
    if (bytes && bytes.length > 0) received += spans.length;
    kept.reset();
  };
  return { provider, flush, received: () => received };
}

export function createAdapter(): Adapter {
  const { provider, flush, received } = startOpenTelemetry((kept) => new SimpleSpanProcessor(kept));
  const tracer = provider.getTracer("bench");
  return {
    flush,
    received,
    wrap: (name, fn) => (input) =>
      tracer.startActiveSpan(name, (span) => {
        span.setAttribute("input", JSON.stringify(input));
        const done = <T>(output: T): T => {
          span.setAttribute("output", JSON.stringify(output));
          span.end();
          return output;
        };
        const result = fn(input);
        return (result instanceof Promise ? result.then(done) : done(result)) as ReturnType<typeof fn>;
      }),
  };
}
