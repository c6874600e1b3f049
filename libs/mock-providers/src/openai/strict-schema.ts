import { asSchema, type JsonSchema } from "../model/json-schema";
import { badRequest } from "./error";

/** Where a strict schema stands in a request: what the complaint calls it, and the parameter. */
export interface SchemaPlace {
  /** E.g. `response_format 'report'`. */
  readonly name: string;
  readonly param: string;
  readonly code?: string;
}

/**
 * Throws the API's refusal of a schema that strict mode does not take: its root must be an object, and each object must
 * list all of its properties as required and allow no others.
 */
export function checkStrictSchema(schema: unknown, place: SchemaPlace): void {
  checkRootType(schema, place);
  const problem = strictProblem(asSchema(schema), []);
  if (problem !== undefined) throw invalid(place, problem);
}

/** Throws unless the root of a schema is an object, which even schemas that are not strict must be. */
export function checkRootType(schema: unknown, place: SchemaPlace): void {
  const { type } = asSchema(schema);
  if (type === "object") return;
  const given = type === undefined ? "None" : String(type);
  throw invalid(place, `schema must be a JSON Schema of 'type: "object"', got 'type: "${given}"'.`);
}

function invalid({ name, param, code }: SchemaPlace, problem: string): Error {
  return badRequest(`Invalid schema for ${name}: ${problem}`, param, code ?? null);
}

function strictProblem(
  schema: JsonSchema & { additionalProperties?: unknown },
  path: readonly string[],
): string | undefined {
  const context = `In context=(${path.map((step) => `'${step}'`).join(", ")})`;
  if (schema.type === "object" || schema.properties) {
    if (schema.additionalProperties !== false) {
      return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const missing = Object.keys(asSchema(schema.properties)).find((name) => !requiredNames(schema).includes(name));
    if (missing !== undefined) {
      return `${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
    }
  }
  for (const [step, child] of children(schema)) {
    const problem = strictProblem(asSchema(child), [...path, ...step]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function requiredNames({ required }: JsonSchema): readonly unknown[] {
  return Array.isArray(required) ? required : [];
}

/** The schemas inside a schema, with the steps that lead to them. */
function children(schema: JsonSchema): (readonly [steps: readonly string[], child: unknown])[] {
  const named = (key: string): (readonly [string[], unknown])[] =>
    Object.entries(asSchema(Reflect.get(schema, key))).map(([name, child]) => [[key, name], child]);
  const options = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return [
    ...named("properties"),
    ...named("$defs"),
    ...named("definitions"),
    ...(schema.items === undefined ? [] : [[["items"], schema.items] as const]),
    ...options.map((child, index) => [["anyOf", String(index)], child] as const),
  ];
}
