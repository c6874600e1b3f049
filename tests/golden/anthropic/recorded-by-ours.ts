import { readFileSync } from "node:fs";
import { type Cost, callCost } from "../differences";
import type { RecordedExchange } from "../replay";
import type { GoldenShape, GoldenSpan } from "../shape";

/** What ours records of the golden cases and Python does not: it follows from the recorded exchanges. */

interface Message {
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** The cache counts are there and zero in all of these answers. */
export function usageOf(input: number, output: number): Record<string, number> {
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    cache_creation_input_tokens_above_1hr: 0,
  };
}

/** What the model of the recorded calls costs. */
export function costOf(input: number, output: number): Cost {
  return callCost({ input: 3, output: 15 }, input, output);
}

function recordedExchange(name: string, at: number): RecordedExchange {
  const exchanges: RecordedExchange[] = JSON.parse(
    readFileSync(new URL(`${name}/exchanges.json`, import.meta.url), "utf8"),
  );
  const exchange = exchanges[at];
  if (!exchange) throw new Error(`${name} has no exchange ${at}`);
  return exchange;
}

export function recordedAnswer(name: string, at: number): Message {
  return recordedExchange(name, at).response.body as Message;
}

/** The span of an exchange; `inputs` are those that do not go out in the body, `outputs` those that are not its answer. */
export function recordedSpan(
  name: string,
  at: number,
  { inputs = {}, outputs = recordedAnswer(name, at) }: { inputs?: object; outputs?: Message } = {},
): GoldenSpan {
  const { stream: _, ...sent } = recordedExchange(name, at).request.body as { model: string; stream?: boolean };
  return {
    name: "Messages",
    parent: null,
    type: "LLM",
    status: "OK",
    inputs: { ...sent, ...inputs },
    outputs,
    attributes: {
      "mlflow.message.format": "anthropic",
      "mlflow.llm.provider": "anthropic",
      "mlflow.llm.model": sent.model,
      "mlflow.chat.tokenUsage": usageOf(outputs.usage.input_tokens, outputs.usage.output_tokens),
      "mlflow.llm.cost": costOf(outputs.usage.input_tokens, outputs.usage.output_tokens),
      "mlflow.spanLogLevel": 20,
    },
    events: [],
  };
}

/** The trace of a call outside of any span. */
export function bareTrace(span: GoldenSpan, requestPreview: string): GoldenShape {
  const tokenUsage = span.attributes["mlflow.chat.tokenUsage"];
  return {
    spans: [span],
    trace: {
      state: "OK",
      requestPreview,
      responsePreview: span.outputs,
      traceMetadata: {
        "mlflow.trace_schema.version": 3,
        "mlflow.trace.tokenUsage": tokenUsage,
        "mlflow.trace.cost": span.attributes["mlflow.llm.cost"],
        "mlflow.trace.infoFinalized": true,
      },
      tags: { "mlflow.traceName": span.name, "mlflow.trace.spansLocation": "TRACKING_STORE" },
      tokenUsage,
    },
  };
}

/** The message that the events of `stream-helper` add up to. */
export function helperMessage(id: string, text: string, input: number, output: number): Message {
  return {
    id,
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5-20250929",
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: input,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: output,
      service_tier: "standard",
    },
  };
}
