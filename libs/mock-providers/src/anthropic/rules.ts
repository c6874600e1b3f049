import type { Block, CountTokensRequest, Message, MessagesRequest } from "./schema";

type Rule = (request: CountTokensRequest & Partial<MessagesRequest>) => string | undefined;

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const LEAST_THINKING_TOKENS = 1024;

type MessageCheck = (message: Message, index: number, all: readonly Message[]) => string | undefined;

function firstProblem(messages: readonly Message[], check: MessageCheck): string | undefined {
  for (const [index, message] of messages.entries()) {
    const problem = check(message, index, messages);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkRole({ role }: Message, index: number): string | undefined {
  // Instructions in the middle of a conversation are allowed; at its start there is the parameter for them.
  if (role === "user" || role === "assistant" || (role === "system" && index > 0)) return undefined;
  const hint =
    role === "system"
      ? 'The Messages API accepts a top-level `system` parameter, not "system" as an input message role.'
      : 'Allowed roles are "user" or "assistant".';
  return `messages: Unexpected role "${role}". ${hint}`;
}

function checkContent({ role, content }: Message, index: number, all: readonly Message[]): string | undefined {
  if (content.length === 0) {
    if (role === "assistant" && index === all.length - 1) return undefined;
    return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
  }
  const empty = blocksOf(content).some(({ type, text }) => type === "text" && text === "");
  return empty ? "messages: text content blocks must be non-empty" : undefined;
}

/** Content as blocks; a string is one text block. */
export function blocksOf(content: string | readonly Block[] | null | undefined): readonly Block[] {
  if (content == null) return [];
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function checkToolNames({ tools }: CountTokensRequest): string | undefined {
  const names = (tools ?? []).map(({ name }) => name);
  const bad = names.findIndex((name) => !TOOL_NAME.test(name));
  if (bad >= 0) return `tools.${bad}.custom.name: String should match pattern '${TOOL_NAME.source}'`;
  const lacking = (tools ?? []).findIndex(({ type, input_schema }) => (type ?? "custom") === "custom" && !input_schema);
  if (lacking >= 0) return `tools.${lacking}.custom.input_schema: Field required`;
  return new Set(names).size < names.length ? "tools: Tool names must be unique." : undefined;
}

function checkToolChoice({ tools, tool_choice: choice }: CountTokensRequest): string | undefined {
  if (!choice || choice.type === "none") return undefined;
  if (!tools || tools.length === 0) return "tool_choice: tool_choice may only be specified while providing tools.";
  if (choice.type !== "tool") return undefined;
  if (choice.name === undefined) return "tool_choice.tool.name: Field required";
  return tools.some(({ name }) => name === choice.name)
    ? undefined
    : `tool_choice: Tool '${choice.name}' not found in provided tools`;
}

const checkThinking: Rule = ({ thinking, max_tokens: limit }) => {
  if (thinking?.type !== "enabled") return undefined;
  if (thinking.budget_tokens == null) return "thinking.enabled.budget_tokens: Field required";
  if (thinking.budget_tokens < LEAST_THINKING_TOKENS) {
    return `thinking.enabled.budget_tokens: Input should be greater than or equal to ${LEAST_THINKING_TOKENS}`;
  }
  return limit !== undefined && limit <= thinking.budget_tokens
    ? "`max_tokens` must be greater than `thinking.budget_tokens`."
    : undefined;
};

function ids(message: Message | undefined, type: "tool_use" | "tool_result"): string[] {
  const blocks = blocksOf(message?.content).filter((block) => block.type === type);
  return blocks.map((block) => String(type === "tool_use" ? block.id : block.tool_use_id));
}

const checkToolResults: MessageCheck = (message, index, all) => {
  const asked = ids(all[index - 1], "tool_use");
  const stray = blocksOf(message.content).findIndex(
    ({ type, tool_use_id: id }) => type === "tool_result" && !asked.includes(String(id)),
  );
  if (stray < 0) return undefined;
  const id = blocksOf(message.content)[stray]?.tool_use_id;
  return `messages.${index}.content.${stray}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
};

const checkToolUses: MessageCheck = (message, index, all) => {
  if (index === all.length - 1) return undefined;
  const answered = ids(all[index + 1], "tool_result");
  const open = ids(message, "tool_use").filter((id) => !answered.includes(id));
  if (open.length === 0) return undefined;
  return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
};

/** What the API checks beyond types, in its order. */
const RULES: readonly Rule[] = [
  ({ messages }) => (messages.length === 0 ? "messages: at least one message is required" : undefined),
  ({ messages }) => firstProblem(messages, checkRole),
  ({ messages }) => (messages[0]?.role === "user" ? undefined : 'messages: first message must use the "user" role'),
  ({ messages }) => firstProblem(messages, checkContent),
  checkToolNames,
  checkToolChoice,
  checkThinking,
  ({ temperature }) =>
    temperature != null && (temperature < 0 || temperature > 1) ? "temperature: range: 0..1" : undefined,
  ({ messages }) => firstProblem(messages, checkToolResults),
  ({ messages }) => firstProblem(messages, checkToolUses),
];

/** The first thing wrong with a request of the right types, in the API's words. */
export function findProblem(request: CountTokensRequest & Partial<MessagesRequest>): string | undefined {
  for (const rule of RULES) {
    const problem = rule(request);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
