import type { CallRecorder } from "mlflow-tracing";
import { CallableTools } from "./callable-tools.js";
import { recordRounds } from "./model-rounds.js";
import { copyModels, type Models } from "./models-copy.js";
import { recordResult } from "./record-result.js";
import { recordStream } from "./response-stream.js";
import { withTraceHeader } from "./trace-header.js";

export type GenerateMethod = "generateContent" | "generateContentStream";

export interface GenerateCall {
  readonly method: GenerateMethod;
  /** The client's own models. */
  readonly models: Models;
  /** The client's own method. */
  readonly run: (request: unknown) => unknown;
  readonly request: unknown;
  /** The span of the call, just started. */
  readonly recorder: CallRecorder;
  readonly propagate: boolean;
}

/** Makes the call and ends its span with the response, or with the reading of the stream. */
export function recordGenerate(call: GenerateCall): Promise<unknown> {
  const { method, request, recorder } = call;
  const result = recorder.run(() => start(call));
  return method === "generateContent" ? recordResult(result, recorder) : recordStream(result, recorder, request);
}

/**
 * With tools that the client runs by itself, one call makes several requests: then each has a span of its own below the
 * call's, and so has each run of a tool.
 */
function start({ method, models, run, request, recorder, propagate }: GenerateCall): unknown {
  const tools = CallableTools.of(request, recorder);
  if (!tools) return run(withTraceHeader(request, recorder.span, propagate));
  const copy = copyModels(models, method);
  // Without a copy no trace context goes out: for MCP tools the client adds its own headers only where there are none.
  if (!copy) return run(tools.tracedRequest());
  recordRounds(copy, recorder, propagate);
  return copy[method](tools.tracedRequest());
}
