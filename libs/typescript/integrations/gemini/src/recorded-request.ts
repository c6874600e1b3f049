import { isCallableTool } from "./callable-tool.js";

/** Fields of a request's `config` that say how it is sent, not what is asked; headers may hold keys. */
const TRANSPORT = new Set(["httpOptions", "abortSignal"]);

/**
 * A request as its span shows it: without transport settings, and with a word for each tool that the program itself runs,
 * until its declaration is known.
 */
export function recordedRequest(request: unknown): unknown {
  try {
    if (typeof request !== "object" || request === null) return request;
    const { config, ...rest } = request as { config?: unknown };
    return typeof config === "object" && config !== null ? { ...rest, config: recordedConfig(config) } : request;
  } catch {
    return request;
  }
}

function recordedConfig(config: object): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(config).filter(([key]) => !TRANSPORT.has(key)));
  if (!Array.isArray(kept.tools)) return kept;
  return { ...kept, tools: kept.tools.map((tool: unknown) => (isCallableTool(tool) ? "[CallableTool]" : tool)) };
}

/** A response as its span shows it: the fields that the model's service sent, without the HTTP headers. */
export function recordedResponse(response: unknown): unknown {
  if (typeof response !== "object" || response === null) return response;
  try {
    const { sdkHttpResponse: _, ...fields } = response as Record<string, unknown>;
    return fields;
  } catch {
    return response;
  }
}
