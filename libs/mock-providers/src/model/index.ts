export { answer } from "./answer";
export type { Conversation, ModelAnswer, Tool, ToolCall, ToolResult } from "./conversation";
export { countTokens, tokenize } from "./tokens";
