import { asSchema, type JsonSchema } from "./json-schema";

/** What of `value` violates `schema`, one line each. A checker of its own for the tests, without `$ref`. */
export function violations(schemaValue: unknown, value: unknown, path = "$"): string[] {
  const schema = asSchema(schemaValue);
  const wrong: string[] = [];
  const check = (ok: boolean, rule: string): void => void (ok || wrong.push(`${path}: ${rule}`));
  const types = schema.type === undefined ? [] : [schema.type].flat();
  check(types.length === 0 || types.some((type) => isOfType(type, value)), `type ${types}`);
  check(!("const" in schema) || value === schema.const, "const");
  check(!schema.enum || schema.enum.includes(value), "enum");
  if (schema.anyOf)
    check(
      schema.anyOf.some((option) => violations(option, value).length === 0),
      "anyOf",
    );
  if (typeof value === "string") checkString(schema, value, check);
  if (typeof value === "number") checkNumber(schema, value, check);
  return [...wrong, ...childViolations(schema, value, path)];
}

type Check = (ok: boolean, rule: string) => void;

function isOfType(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  // The remaining names of JSON Schema are those of JavaScript.
  return typeof value === type;
}

function checkString(schema: JsonSchema, value: string, check: Check): void {
  check([...value].length >= (schema.minLength ?? 0), "minLength");
  check([...value].length <= (schema.maxLength ?? Infinity), "maxLength");
}

function checkNumber(schema: JsonSchema, value: number, check: Check): void {
  check(value >= (schema.minimum ?? -Infinity), "minimum");
  check(value <= (schema.maximum ?? Infinity), "maximum");
  check(value > (schema.exclusiveMinimum ?? -Infinity), "exclusiveMinimum");
  check(value < (schema.exclusiveMaximum ?? Infinity), "exclusiveMaximum");
  check(schema.multipleOf === undefined || Number.isInteger(value / schema.multipleOf), "multipleOf");
}

function childViolations(schema: JsonSchema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    const length = value.length >= (schema.minItems ?? 0) && value.length <= (schema.maxItems ?? Infinity);
    const items = value.flatMap((item, index) =>
      schema.items ? violations(schema.items, item, `${path}[${index}]`) : [],
    );
    return [...(length ? [] : [`${path}: number of items`]), ...items];
  }
  if (typeof value !== "object" || value === null) return [];
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  const properties = Object.entries(value).flatMap(([name, item]) => {
    const known = schema.properties && Object.hasOwn(schema.properties, name);
    return known ? violations(schema.properties?.[name], item, `${path}.${name}`) : [];
  });
  return [...missing.map((name) => `${path}: ${name} is missing`), ...properties];
}
