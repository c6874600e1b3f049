import { asRecord } from "./attempt.js";

/**
 * The tools of a request in the form of OpenAI's API, which MLflow uses for all providers: from OpenAI's own form,
 * Anthropic's (`input_schema`) and Gemini's (`functionDeclarations`). Other tools, such as built-in ones, are as they are.
 */
export function toChatTools(tools: unknown): unknown[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool) => {
    const { functionDeclarations } = asRecord(tool);
    return Array.isArray(functionDeclarations) ? functionDeclarations.map(toChatTool) : [toChatTool(tool)];
  });
}

function toChatTool(tool: unknown): unknown {
  const { type, function: declared, name, description, input_schema, parameters } = asRecord(tool);
  if (declared !== undefined || typeof name !== "string") return tool;
  const schema = input_schema ?? parameters;
  if (schema === undefined && type !== undefined && type !== "function") return tool;
  return {
    type: "function",
    function: {
      name,
      ...(description === undefined ? {} : { description }),
      ...(schema === undefined ? {} : { parameters: schema }),
    },
  };
}
