/** Traces for tests, written as MLflow writes them: attribute values are JSON texts, nanoseconds decimal strings. */
import type { SpanJson, TraceJson } from "./trace-json";

export interface SampleSpan {
  readonly id: string;
  readonly parent?: string;
  readonly name?: string;
  readonly type?: string;
  /** Milliseconds after the sample epoch. */
  readonly from?: number;
  /** `null` leaves the span open. */
  readonly to?: number | null;
  readonly status?: "OK" | "ERROR" | "UNSET";
  readonly message?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly unknown[];
}

const EPOCH = 1_795_383_894_000_000_000n;

export function sampleTime(ms: number): string {
  return String(EPOCH + BigInt(Math.round(ms * 1e6)));
}

export function sampleSpan(span: SampleSpan): SpanJson {
  const attributes = {
    "mlflow.spanType": span.type ?? "CHAIN",
    "mlflow.spanInputs": span.inputs,
    "mlflow.spanOutputs": span.outputs,
    ...span.attributes,
  };
  const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return {
    trace_id: "trace-a",
    span_id: span.id,
    parent_span_id: span.parent ?? null,
    name: span.name ?? span.id,
    start_time_unix_nano: sampleTime(span.from ?? 0),
    end_time_unix_nano: span.to === null ? null : sampleTime(span.to ?? 1),
    status: { code: `STATUS_CODE_${span.status ?? "OK"}`, message: span.message ?? "" },
    attributes: Object.fromEntries(written.map(([key, value]) => [key, JSON.stringify(value)])),
    events: span.events ?? [],
  };
}

export function sampleTrace(
  spans: readonly SampleSpan[],
  id = "trace-a",
  metadata: Record<string, string> = {},
): TraceJson {
  return { info: { trace_id: id, trace_metadata: metadata }, data: { spans: spans.map(sampleSpan) } };
}

/** An agent that calls a model, a tool, and the model again. */
export function weatherTrace(): TraceJson {
  const usage = (input: number, output: number) => ({
    "mlflow.chat.tokenUsage": { input_tokens: input, output_tokens: output, total_tokens: input + output },
    "mlflow.llm.model": "claude-sonnet-4-5",
  });
  const question = { role: "user", content: "What is the weather in Tokyo?" };
  const call = { type: "tool_use", id: "toolu_01", name: "get_weather", input: { city: "Tokyo" } };
  return sampleTrace([
    {
      id: "root",
      name: "weather_agent",
      type: "AGENT",
      from: 0,
      to: 84,
      inputs: { question: "Tokyo?" },
      outputs: "Sunny.",
    },
    {
      ...{ id: "llm1", parent: "root", name: "Messages", type: "LLM", from: 10, to: 44 },
      inputs: { model: "claude-sonnet-4-5", max_tokens: 512, messages: [question] },
      outputs: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        content: [{ type: "text", text: "I will look." }, call],
      },
      attributes: usage(345, 68),
    },
    {
      ...{ id: "tool", parent: "root", name: "get_weather", type: "TOOL", from: 45, to: 47 },
      inputs: { city: "Tokyo" },
      outputs: "sunny",
    },
    { id: "llm2", parent: "root", name: "Messages", type: "LLM", from: 48, to: 80, attributes: usage(431, 17) },
  ]);
}

/** A root with a failed child in a failed chain. */
export function failedTrace(): TraceJson {
  const exception = {
    name: "exception",
    time_unix_nano: sampleTime(5),
    attributes: {
      "exception.type": JSON.stringify("ValueError"),
      "exception.message": JSON.stringify("Division by zero"),
      "exception.stacktrace": JSON.stringify("Traceback:\n  main.py, line 3"),
    },
  };
  return sampleTrace([
    { id: "root", name: "agent", type: "AGENT", to: 10, status: "ERROR", message: "ValueError: Division by zero" },
    {
      id: "divide",
      parent: "root",
      type: "TOOL",
      from: 4,
      to: 5,
      status: "ERROR",
      message: "Division by zero",
      events: [exception],
    },
    { id: "after", parent: "root", type: "TOOL", from: 6, to: 7 },
  ]);
}
