import type { ToolResult } from "./conversation";
import { meaningfulWords, TOOL_VERBS } from "./words";

const PLACES = new Set(["city", "location", "place", "country", "region", "town", "where"]);
const LONGEST_ARGUMENT = 60;
const LONGEST_RESULT = 600;

/** A sentence or two that pass on what the tools said. */
export function answerFromResults(results: readonly ToolResult[]): string {
  return results.map(sentence).join(" ");
}

function sentence(result: ToolResult): string {
  const topic = topicOf(result.name);
  if (result.isError) return `I could not get the ${topic}${detail(result.input)}: ${ended(readable(result.text))}`;
  return `The ${topic}${detail(result.input)}: ${ended(readable(result.text))}`;
}

/** `get_weather` → `weather`; a name of verbs only → `result`. */
function topicOf(name: string): string {
  const words = [...meaningfulWords(name)].filter((word) => !TOOL_VERBS.has(word));
  return words.length > 0 ? words.join(" ") : "result";
}

function detail(input: Readonly<Record<string, unknown>>): string {
  const [entry] = Object.entries(input).filter(([, value]) => typeof value === "string" || typeof value === "number");
  if (!entry || String(entry[1]).length > LONGEST_ARGUMENT) return "";
  return ` ${PLACES.has(entry[0].toLowerCase()) ? "in" : "for"} ${String(entry[1])}`;
}

/** JSON becomes `key value, key value`; other text stays as it is. */
function readable(text: string): string {
  const plain = text.trim() === "" ? "nothing came back" : text.trim();
  try {
    return cut(flatten(JSON.parse(plain)));
  } catch {
    return cut(plain);
  }
}

function flatten(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null || depth > 3)
    return typeof value === "string" ? value : JSON.stringify(value);
  if (Array.isArray(value)) return value.map((item) => flatten(item, depth + 1)).join(", ");
  return Object.entries(value)
    .map(([key, item]) => `${key.replaceAll("_", " ")} ${flatten(item, depth + 1)}`)
    .join(", ");
}

function cut(text: string): string {
  return text.length > LONGEST_RESULT ? `${text.slice(0, LONGEST_RESULT)}…` : text;
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
