import { Clues } from "./clues";
import type { ToolResult } from "./conversation";
import { fillSchema } from "./fill-schema";
import { asSchema, type JsonSchema, resolveSchema } from "./json-schema";
import { violations } from "./schema-check";

/** What a structured answer can be made of. */
export interface Material {
  readonly prompt: string;
  readonly results: readonly ToolResult[];
  /** The answer in words. */
  readonly text: string;
}

/**
 * JSON that satisfies `schema`: what tools returned under a property's name where that fits, else what the prompt offers.
 * A schema that asks for nothing in particular gets `{"answer": "…"}`.
 */
export function structuredAnswer(schema: unknown, { prompt, results, text }: Material): string {
  const resolved = resolveSchema(schema, schema);
  if (asksNothing(resolved)) return JSON.stringify({ answer: text });
  const filled = fillSchema(schema, new Clues(prompt), { name: "", root: schema, depth: 0 });
  const known = returnedValues(results);
  return JSON.stringify(isRecord(filled) ? withKnown(filled, known, resolved, schema) : filled) ?? "null";
}

function asksNothing({ type, properties, ...rest }: JsonSchema): boolean {
  const shapeless = type === undefined || type === "object";
  const others = Object.keys(rest).filter((key) => !["$schema", "required", "additionalProperties"].includes(key));
  return shapeless && Object.keys(properties ?? {}).length === 0 && others.length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The properties of results that are JSON objects; later results win. */
function returnedValues(results: readonly ToolResult[]): ReadonlyMap<string, unknown> {
  return new Map(results.flatMap(({ text, isError }) => (isError ? [] : Object.entries(parseRecord(text)))));
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function withKnown(
  filled: Record<string, unknown>,
  known: ReadonlyMap<string, unknown>,
  { properties }: JsonSchema,
  root: unknown,
): Record<string, unknown> {
  const entries = Object.entries(filled).map(([name, value]): [string, unknown] => {
    const schema = resolveSchema(asSchema(properties)[name as never], root);
    const candidate = known.get(name);
    const fits = known.has(name) && typeof candidate !== "object" && violations(schema, candidate).length === 0;
    return [name, fits ? candidate : value];
  });
  return Object.fromEntries(entries);
}
