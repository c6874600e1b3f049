import { type CallRecorder, SpanType, startCall } from "mlflow-tracing";
import { requestAttributes } from "./request-attributes.js";
import { readTokenUsage } from "./token-usage.js";

/** Starts the span of a call with `request` as its first argument; `undefined` when nothing is recorded. */
export function startMessagesCall(request: unknown): CallRecorder | undefined {
  return startCall({
    name: "Messages",
    spanType: SpanType.LLM,
    inputs: recordedRequest(request),
    attributes: requestAttributes(request),
    readUsage: readTokenUsage,
  });
}

/** The request as it is sent: what the client's output formats have to parse answers with stays at home. */
function recordedRequest(request: unknown): unknown {
  try {
    const { output_config: config, output_format: format } = request as {
      output_config?: Config;
      output_format?: unknown;
    };
    return {
      ...(request as object),
      ...(config?.format ? { output_config: { ...config, format: withoutFunctions(config.format) } } : {}),
      ...(format ? { output_format: withoutFunctions(format) } : {}),
    };
  } catch {
    return request;
  }
}

interface Config {
  readonly format?: unknown;
}

function withoutFunctions(format: unknown): unknown {
  if (typeof format !== "object" || format === null) return format;
  return Object.fromEntries(Object.entries(format).filter(([, value]) => typeof value !== "function"));
}
