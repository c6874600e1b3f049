import type { Conversation, Tool } from "./conversation";
import { asSchema } from "./json-schema";
import { meaningfulWords, mentions, properNouns, TOOL_VERBS } from "./words";

/** The tool to call now: the forced one, or the one that fits the prompt best and has not been called for it yet. */
export function chooseTool(conversation: Conversation): Tool | undefined {
  const { toolChoice, tools } = conversation;
  if (toolChoice === "none") return undefined;
  if (typeof toolChoice === "object") return tools.find(({ name }) => name === toolChoice.name);
  const called = conversation.toolResults;
  if (called.length > 0 && toolChoice === "auto") return nextTool(conversation);
  const [best] = rank(tools, (tool) => fit(tool, conversation.userText));
  return best && (best.score > 0 || toolChoice === "any") ? best.tool : undefined;
}

/** After results: another tool whose own name occurs in the prompt, by words that the called ones do not share. */
function nextTool({ tools, toolResults, userText }: Conversation): Tool | undefined {
  const called = new Set(toolResults.map(({ name }) => name));
  const covered = new Set(toolResults.flatMap(({ name }) => [...nameWords(name)]));
  const prompt = meaningfulWords(userText);
  const open = tools.filter(({ name }) => !called.has(name));
  const [best] = rank(
    open,
    ({ name }) => [...nameWords(name)].filter((word) => prompt.has(word) && !covered.has(word)).length,
  );
  return best && best.score > 0 ? best.tool : undefined;
}

/** Best first; of equals the one offered first. */
function rank(tools: readonly Tool[], score: (tool: Tool) => number): { tool: Tool; score: number }[] {
  return tools.map((tool) => ({ tool, score: score(tool) })).sort((left, right) => right.score - left.score);
}

function nameWords(name: string): Set<string> {
  return new Set([...meaningfulWords(name)].filter((word) => !TOOL_VERBS.has(word)));
}

function fit(tool: Tool, prompt: string): number {
  const words = meaningfulWords(prompt);
  const shared = (others: Iterable<string>): number => [...others].filter((word) => words.has(word)).length;
  const parameters = asSchema(asSchema(tool.schema).properties) as Record<string, unknown>;
  const options = Object.values(parameters).flatMap((parameter) => {
    const { enum: values } = asSchema(parameter);
    return Array.isArray(values) ? values.map(String) : [];
  });
  return (
    3 * shared(nameWords(tool.name)) +
    shared(meaningfulWords(tool.description)) +
    shared(meaningfulWords(Object.keys(parameters).join(" "))) +
    2 * options.filter((option) => mentions(prompt, option)).length +
    (wantsName(tool.schema) && properNouns(prompt).length > 0 ? 1 : 0)
  );
}

/** Whether some required argument is a free text, which a name in the prompt could fill. */
function wantsName(value: unknown): boolean {
  const schema = asSchema(value);
  const required = Array.isArray(schema.required) ? schema.required : [];
  return required.some((name) => {
    const property = asSchema(asSchema(schema.properties)[name as never]);
    return property.type === "string" && property.enum === undefined;
  });
}
