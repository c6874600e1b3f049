import { callTool } from "./call-tool";
import { chooseTool } from "./choose-tool";
import type { Conversation, ModelAnswer } from "./conversation";
import { answerFromResults } from "./final-answer";
import { plainAnswer } from "./plain-answer";
import { structuredAnswer } from "./structured-answer";

/**
 * A small deterministic model, for prompts that no script foresaw: it calls the tool that fits, uses what comes back, and
 * otherwise says something short about the prompt. The same conversation always gets the same answer.
 */
export function answer(conversation: Conversation): ModelAnswer {
  const { userText, toolResults, outputSchema, toolChoice, pictures } = conversation;
  const tool = chooseTool(conversation);
  if (tool) {
    const text = toolChoice === "auto" ? "I'll look that up." : "";
    return { text, toolCalls: callTool(tool, userText, conversation.parallelTools) };
  }
  const text = toolResults.length > 0 ? answerFromResults(toolResults) : plainAnswer(userText, pictures);
  if (outputSchema === undefined) return { text, toolCalls: [] };
  return { text: structuredAnswer(outputSchema, { prompt: userText, results: toolResults, text }), toolCalls: [] };
}
