import type { Clues } from "./clues";
import { fillNumber } from "./fill-number";
import { fillString } from "./fill-string";
import { type JsonSchema, resolveSchema } from "./json-schema";
import { mentions } from "./words";

/** Deeper objects are left empty, so that a schema that contains itself ends. */
const DEEPEST = 8;
const MOST_ITEMS = 100;

/** Where a value is wanted: the name of its property and the schema that `$ref` points into. */
export interface Slot {
  readonly name: string;
  readonly root: unknown;
  readonly depth: number;
}

/** A value that satisfies `schema`, taken from the prompt where that offers one. */
export function fillSchema(value: unknown, clues: Clues, slot: Slot): unknown {
  const schema = resolveSchema(value, slot.root);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return mentionedOption(schema.enum, clues) ?? schema.default ?? schema.enum[0];
  switch (typeOf(schema)) {
    case "object":
      return fillObject(schema, clues, slot);
    case "array":
      return fillArray(schema, clues, slot);
    case "integer":
    case "number":
      return fillNumber(schema, clues, slot);
    case "boolean":
      return typeof schema.default === "boolean" ? schema.default : true;
    case "null":
      return null;
    default:
      return fillString(schema, clues, slot);
  }
}

function typeOf(schema: JsonSchema): string {
  const type = Array.isArray(schema.type) ? (schema.type.find((name) => name !== "null") ?? "null") : schema.type;
  if (typeof type === "string") return type;
  if (schema.properties && Object.keys(schema.properties).length > 0) return "object";
  return schema.items === undefined ? "string" : "array";
}

function mentionedOption(options: readonly unknown[], clues: Clues): unknown {
  return options.find((option) => typeof option !== "object" && mentions(clues.text, String(option)));
}

/** Required properties, and the optional ones that the prompt mentions. */
function fillObject(schema: JsonSchema, clues: Clues, slot: Slot): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
  const names = [...new Set([...Object.keys(properties), ...required])];
  const entries: [string, unknown][] = [];
  for (const name of names) {
    const property = Object.hasOwn(properties, name) ? properties[name] : {};
    const inner = { name, root: slot.root, depth: slot.depth + 1 };
    if (required.has(name))
      entries.push([name, slot.depth < DEEPEST ? fillSchema(property, clues, inner) : shallow(property, clues, inner)]);
    else if (slot.depth < DEEPEST && isMentioned(property, clues, inner))
      entries.push([name, fillSchema(property, clues, inner)]);
  }
  // `__proto__` as a property name must stay a plain property.
  return Object.fromEntries(entries);
}

/** At the deepest level: nothing inside, as a schema that requires itself for ever has no value at all. */
function shallow(value: unknown, clues: Clues, slot: Slot): unknown {
  const type = typeOf(resolveSchema(value, slot.root));
  if (type === "object") return {};
  return type === "array" ? [] : fillSchema(value, clues, slot);
}

function isMentioned(value: unknown, clues: Clues, slot: Slot): boolean {
  const schema = resolveSchema(value, slot.root);
  if (Array.isArray(schema.enum)) return mentionedOption(schema.enum, clues) !== undefined;
  const numeric = ["integer", "number"].includes(typeOf(schema));
  return numeric && /\d/.test(clues.text) && mentions(clues.text, slot.name.replaceAll("_", " "));
}

function fillArray(schema: JsonSchema, clues: Clues, slot: Slot): unknown[] {
  const fixed = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const least = Math.max(schema.minItems ?? 0, Math.min(1, schema.maxItems ?? 1));
  const wanted = Math.min(wantedItems(schema, clues, least, slot), schema.maxItems ?? MOST_ITEMS, MOST_ITEMS);
  const inner = { ...slot, depth: slot.depth + 1 };
  if (slot.depth >= DEEPEST && !schema.minItems) return [];
  return Array.from({ length: wanted }, (_, index) => fillSchema(fixed[index] ?? schema.items ?? {}, clues, inner));
}

/** As many items as the prompt has names or numbers for, if that is what the items are. */
function wantedItems(schema: JsonSchema, clues: Clues, least: number, slot: Slot): number {
  const items = resolveSchema(schema.items, slot.root);
  const offered = typeOf(items) === "string" && !items.enum ? clues.names.length : 0;
  return Math.max(least, Math.min(offered, 10));
}
