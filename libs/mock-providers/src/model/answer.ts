import { callTool } from "./call-tool";
import { chooseTool } from "./choose-tool";
import { Clues } from "./clues";
import type { Conversation, ModelAnswer } from "./conversation";
import { fillSchema } from "./fill-schema";
import { answerFromResults } from "./final-answer";
import { plainAnswer } from "./plain-answer";

/**
 * A small deterministic model, for prompts that no script foresaw: it calls the tool that fits, uses what comes back, and
 * otherwise says something short about the prompt. The same conversation always gets the same answer.
 */
export function answer(conversation: Conversation): ModelAnswer {
  const { userText, toolResults, outputSchema, toolChoice } = conversation;
  const tool = chooseTool(conversation);
  if (tool) {
    const text = toolChoice === "auto" ? "I'll look that up." : "";
    return { text, toolCalls: callTool(tool, userText, conversation.parallelTools) };
  }
  if (outputSchema !== undefined) return { text: structured(outputSchema, userText), toolCalls: [] };
  return { text: toolResults.length > 0 ? answerFromResults(toolResults) : plainAnswer(userText), toolCalls: [] };
}

function structured(schema: unknown, prompt: string): string {
  return JSON.stringify(fillSchema(schema, new Clues(prompt), { name: "", root: schema, depth: 0 })) ?? "null";
}
