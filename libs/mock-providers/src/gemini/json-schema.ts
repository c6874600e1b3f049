const NUMBERS = ["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"];
const NESTED = ["items"];
const LISTS = ["anyOf", "prefixItems"];

/** A schema of the API, which writes types in capitals and some numbers as text, as a JSON schema. */
export function toJsonSchema(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, convert(key, value)]));
}

function convert(key: string, value: unknown): unknown {
  if (key === "type" && typeof value === "string") return value.toLowerCase();
  if (NUMBERS.includes(key) && typeof value === "string") return Number(value);
  if (NESTED.includes(key)) return toJsonSchema(value);
  if (LISTS.includes(key) && Array.isArray(value)) return value.map(toJsonSchema);
  if (key !== "properties" || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, toJsonSchema(property)]));
}
