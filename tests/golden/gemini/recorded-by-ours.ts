import { addCosts, callCost } from "../differences";
import type { GoldenShape, GoldenSpan } from "../shape";

/** What ours records of the golden cases and Python does not; all of it follows from the recorded exchanges. */

const SCHEMA = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const WEATHER = { name: "get_weather", description: "The weather in a city now" };

export const DECLARED_WEATHER = {
  functionDeclarations: [{ ...WEATHER, parametersJsonSchema: SCHEMA, responseJsonSchema: { type: "string" } }],
};
export const DECLARED_TOOLS = [{ type: "function", function: { ...WEATHER, parameters: SCHEMA } }];

const RATES = { input: 0.3, output: 2.5 };

/** 58 and 92 tokens in, 15 and 14 out. */
export const USAGE_OF_ALL_ROUNDS = { input_tokens: 150, output_tokens: 29, total_tokens: 179 };
export const COST_OF_ALL_ROUNDS = addCosts([callCost(RATES, 58, 15), callCost(RATES, 92, 14)]);

export const API_ERROR = JSON.stringify({
  error: {
    code: 400,
    message: "API key not valid. Please pass a valid API key.",
    status: "INVALID_ARGUMENT",
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "API_KEY_INVALID",
        domain: "googleapis.com",
        metadata: { service: "generativelanguage.googleapis.com" },
      },
    ],
  },
});

const STREAM_USAGE = { input_tokens: 12, output_tokens: 19, total_tokens: 31 };
const STREAM_COST = callCost(RATES, 12, 19);
const HARBOUR = "The tide comes in, the tide goes out, and the harbour lamp blinks on.";

export function streamedSpan(responseId: string): GoldenSpan {
  return {
    name: "generateContentStream",
    parent: null,
    type: "LLM",
    status: "OK",
    inputs: { model: "gemini-2.5-flash", contents: "A line about a harbour." },
    outputs: {
      candidates: [{ content: { parts: [{ text: HARBOUR }], role: "model" }, finishReason: "STOP", index: 0 }],
      usageMetadata: {
        promptTokenCount: 12,
        candidatesTokenCount: 19,
        totalTokenCount: 31,
        promptTokensDetails: [{ modality: "TEXT", tokenCount: 12 }],
      },
      modelVersion: "gemini-2.5-flash",
      responseId,
    },
    attributes: {
      "mlflow.message.format": "gemini",
      "mlflow.llm.provider": "gemini",
      "mlflow.llm.model": "gemini-2.5-flash",
      "mlflow.chat.tokenUsage": STREAM_USAGE,
      "mlflow.llm.cost": STREAM_COST,
      "mlflow.spanLogLevel": 20,
    },
    events: [],
  };
}

/** The trace of the stream that is read outside of any span. */
export function streamedTrace(responseId: string): GoldenShape {
  const span = streamedSpan(responseId);
  return {
    spans: [span],
    trace: {
      state: "OK",
      requestPreview: span.inputs,
      responsePreview: span.outputs,
      traceMetadata: {
        "mlflow.trace_schema.version": 3,
        "mlflow.trace.tokenUsage": STREAM_USAGE,
        "mlflow.trace.cost": STREAM_COST,
        "mlflow.trace.infoFinalized": true,
      },
      tags: { "mlflow.traceName": span.name, "mlflow.trace.spansLocation": "TRACKING_STORE" },
      tokenUsage: STREAM_USAGE,
    },
  };
}
