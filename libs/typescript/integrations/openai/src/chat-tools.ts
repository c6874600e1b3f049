/** A tool in the form of the chat API, which MLflow uses for all providers. */
interface ChatTool {
  type: "function";
  function: { name: string; description?: string; parameters?: unknown; strict?: boolean | null };
}

/** A tool as requests have it: nested (chat), flat (Responses), or one that the provider brings and that has only a type. */
interface RequestTool extends Partial<ChatTool["function"]> {
  type?: string;
  function?: Partial<ChatTool["function"]>;
  custom?: Partial<ChatTool["function"]>;
}

/** The tool in the chat API's form; one without a name is named after its type. Schemas stay as they are. */
export function toChatTool(tool: RequestTool): ChatTool {
  const { name, description, parameters, strict } = tool.function ?? tool.custom ?? tool;
  return {
    type: "function",
    function: {
      name: String(name ?? tool.type ?? ""),
      ...(description === undefined ? {} : { description }),
      ...(parameters === undefined ? {} : { parameters }),
      ...(strict === undefined ? {} : { strict }),
    },
  };
}
