import type { Conversation, Tool, ToolResult } from "../model/conversation";
import { blocksOf } from "./rules";
import type { Block, CountTokensRequest, Message } from "./schema";

/** A request in provider-neutral terms. */
export function toConversation(request: CountTokensRequest): Conversation {
  const { messages, tool_choice: choice, output_config: output } = request;
  const lastText = messages.findLastIndex((message) => message.role === "user" && textOf(message.content) !== "");
  const instructions = messages.filter(({ role }) => role === "system").map(({ content }) => textOf(content));
  return {
    model: request.model,
    system: [textOf(request.system), ...instructions].filter(Boolean).join("\n"),
    userText: textOf(messages[lastText]?.content),
    turn: 1 + messages.filter(({ role }) => role === "assistant").length,
    toolResults: collectResults(messages, lastText),
    tools: (request.tools ?? []).flatMap(toTool),
    toolChoice: choice?.type === "tool" ? { name: choice.name ?? "" } : (choice?.type ?? "auto"),
    parallelTools: choice?.disable_parallel_tool_use !== true,
    ...(output?.format?.type === "json_schema" ? { outputSchema: output.format.schema ?? {} } : {}),
  };
}

/** The text blocks of a content, one per line. */
export function textOf(content: string | readonly Block[] | null | undefined): string {
  return blocksOf(content)
    .filter(({ type }) => type === "text")
    .map(({ text }) => text ?? "")
    .join("\n");
}

function toTool(tool: NonNullable<CountTokensRequest["tools"]>[number]): Tool[] {
  // Server tools (web search and so on) run at the provider; the mock has none.
  if (!tool.input_schema) return [];
  return [{ name: tool.name, description: tool.description ?? "", schema: tool.input_schema }];
}

/** Results from the message with the last text on: results may stand beside that text. */
function collectResults(messages: readonly Message[], from: number): ToolResult[] {
  const uses = new Map(messages.flatMap(({ content }) => blocksOf(content)).map((block) => [block.id, block]));
  const results = messages.slice(Math.max(0, from)).flatMap(({ content }) => blocksOf(content));
  return results
    .filter(({ type }) => type === "tool_result")
    .map((block) => {
      const use = uses.get(block.tool_use_id);
      const input = typeof use?.input === "object" && use.input !== null ? { ...use.input } : {};
      return { name: use?.name ?? "tool", input, text: textOf(block.content), isError: block.is_error === true };
    });
}
