import { Clues } from "./clues";
import type { Tool, ToolCall } from "./conversation";
import { fillSchema } from "./fill-schema";
import { asSchema } from "./json-schema";

/** At most this many calls at once. */
const MOST_CALLS = 4;

/**
 * The calls of `tool` for a prompt: one, or one per name when the tool takes a single text and the prompt lists several
 * ("the weather in Oslo, Bergen and Rome").
 */
export function callTool(tool: Tool, prompt: string, parallel: boolean): ToolCall[] {
  const call: ToolCall = { name: tool.name, input: fillArguments(tool.schema, new Clues(prompt)) };
  const parameter = singleText(tool.schema);
  const names = parallel && parameter ? listedNames(prompt) : [];
  if (!parameter || names.length < 2 || !names.includes(String(call.input[parameter]))) return [call];
  return names.slice(0, MOST_CALLS).map((name) => ({ name: tool.name, input: { ...call.input, [parameter]: name } }));
}

function fillArguments(schema: unknown, clues: Clues): Record<string, unknown> {
  const filled = fillSchema({ type: "object", ...asSchema(schema) }, clues, { name: "", root: schema, depth: 0 });
  return typeof filled === "object" && filled !== null && !Array.isArray(filled) ? { ...filled } : {};
}

/** The name of the only required argument, if that is a free text. */
function singleText(value: unknown): string | undefined {
  const { required, properties } = asSchema(value);
  if (!Array.isArray(required) || required.length !== 1) return undefined;
  const name = String(required[0]);
  const { type, enum: options, format, maxLength } = asSchema(asSchema(properties)[name as never]);
  const free = type === "string" && options === undefined && format === undefined && maxLength === undefined;
  return free ? name : undefined;
}

/** Names that the prompt strings together by commas and "and" / "or". */
function listedNames(prompt: string): string[] {
  const { names } = new Clues(prompt);
  const listed = names.filter((name, index) => {
    const joins = (left: string | undefined, right: string | undefined): boolean =>
      left !== undefined && right !== undefined && isJoined(prompt, left, right);
    return joins(names[index - 1], name) || joins(name, names[index + 1]);
  });
  return [...new Set(listed)];
}

function isJoined(prompt: string, left: string, right: string): boolean {
  const from = prompt.indexOf(left) + left.length;
  const to = prompt.indexOf(right, from);
  return to >= 0 && /^\s*(?:,|,?\s*(?:and|or|vs\.?|&))\s*$/.test(prompt.slice(from, to));
}
