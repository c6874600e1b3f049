import { decode } from "./telemetry-values.js";

/** The tools of a request, as the AI SDK writes them, in the form of OpenAI's API, which MLflow uses for all providers. */
export function toChatTools(tools: unknown): unknown[] {
  const decoded = decode(tools);
  return Array.isArray(decoded) ? decoded.filter(isTool).map(toChatTool) : [];
}

interface Tool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema?: unknown;
  readonly parameters?: unknown;
}

function isTool(tool: unknown): tool is Tool {
  return typeof (tool as Partial<Tool> | null)?.name === "string";
}

function toChatTool({ name, description, inputSchema, parameters = inputSchema }: Tool): unknown {
  return {
    type: "function",
    function: {
      name,
      ...(description === undefined ? {} : { description }),
      ...(parameters === undefined ? {} : { parameters }),
    },
  };
}
