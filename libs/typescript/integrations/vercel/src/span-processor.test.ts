import { context } from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { BasicTracerProvider, InMemorySpanExporter, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { generateText } from "ai";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ExportableSpan, MLflowSpanProcessor, type SpanExporter } from "./span-processor.js";
import { scriptedModel } from "./testing/mock-models.js";

afterEach(() => {
  vi.useRealTimers();
});

const span = (name: string, traceFlags = 1): ExportableSpan => ({
  name,
  attributes: {},
  spanContext: () => ({ traceFlags }),
});

/** An exporter that keeps what it gets, and says `code` for it. */
function keeping(code = 0): SpanExporter & { batches: string[][] } {
  const batches: string[][] = [];
  return {
    batches,
    export(spans, done) {
      batches.push(spans.map(({ name }) => name));
      done({ code });
    },
    shutdown: async () => {},
  };
}

describe("MLflowSpanProcessor", () => {
  it("translates the AI SDK's spans on their way to a real exporter", async () => {
    const exporter = new InMemorySpanExporter();
    const processor: SpanProcessor = new MLflowSpanProcessor(exporter);
    const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("test");
    tracer.startSpan("other").end();
    await generateText({
      model: scriptedModel({ type: "text", text: "Hello" }),
      prompt: "Hi",
      experimental_telemetry: { isEnabled: true, tracer },
    });
    await processor.forceFlush();
    const exported = exporter.getFinishedSpans();
    expect(exported.map(({ name }) => name)).toEqual(["other", "ai.generateText.doGenerate", "ai.generateText"]);
    expect(exported[0]?.attributes).toEqual({});
    expect(exported[1]?.attributes).toMatchObject({
      "mlflow.spanType": "LLM",
      "mlflow.message.format": "vercel_ai",
      "mlflow.llm.model": "mock-1",
    });
    expect(JSON.parse(String(exported[2]?.attributes["mlflow.spanOutputs"]))).toBe("Hello");
    await processor.shutdown();
  });

  it("exports in batches, when one is full or after a while", async () => {
    vi.useFakeTimers();
    const exporter = keeping();
    const processor = new MLflowSpanProcessor(exporter, { maxBatchSize: 2, delayMs: 1000 });
    processor.onEnd(span("a"));
    await vi.advanceTimersByTimeAsync(999);
    expect(exporter.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(exporter.batches).toEqual([["a"]]);
    for (const name of ["b", "c", "d"]) processor.onEnd(span(name));
    await vi.advanceTimersByTimeAsync(0);
    expect(exporter.batches).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("leaves out spans that are not sampled, and those after the shutdown", async () => {
    const exporter = keeping();
    const processor = new MLflowSpanProcessor(exporter);
    processor.onEnd(span("unsampled", 0));
    processor.onEnd(span("a"));
    await processor.shutdown();
    await processor.shutdown();
    processor.onEnd(span("late"));
    await processor.forceFlush();
    expect(exporter.batches).toEqual([["a"]]);
    expect(processor.dropped).toBe(0);
  });

  it("counts what it has to give up", async () => {
    const processor = new MLflowSpanProcessor(keeping(), { maxQueueSize: 2 });
    for (const name of ["a", "b", "c"]) processor.onEnd(span(name));
    expect(processor.dropped).toBe(1);
    const refused = new MLflowSpanProcessor(keeping(1));
    refused.onEnd(span("a"));
    await refused.forceFlush();
    expect(refused.dropped).toBe(1);
  });

  it("survives an exporter that throws, rejects or never answers", async () => {
    vi.useFakeTimers();
    const broken: SpanExporter = {
      export: () => {
        throw new Error("broken");
      },
      forceFlush: () => Promise.reject(new Error("broken")),
      shutdown: () => Promise.reject(new Error("broken")),
    };
    const processor = new MLflowSpanProcessor(broken);
    processor.onEnd(span("a"));
    await processor.shutdown();
    const silent = new MLflowSpanProcessor({ export: () => {}, shutdown: async () => {} }, { exportTimeoutMs: 50 });
    silent.onEnd(span("a"));
    const flushed = silent.forceFlush();
    await vi.advanceTimersByTimeAsync(50);
    await flushed;
    expect([processor.dropped, silent.dropped]).toEqual([1, 1]);
  });

  it("exports where requests are not traced", async () => {
    const { AsyncLocalStorageContextManager } = await import("./testing/context-manager.js");
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    let suppressed = false;
    const exporter = keeping();
    const processor = new MLflowSpanProcessor({
      ...exporter,
      export(spans, done) {
        suppressed = isTracingSuppressed(context.active());
        exporter.export(spans, done);
      },
    });
    processor.onEnd(span("a"));
    await processor.forceFlush();
    context.disable();
    expect(suppressed).toBe(true);
  });
});
