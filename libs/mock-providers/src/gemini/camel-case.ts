/** Values that belong to the caller, whatever their keys look like. */
const OPAQUE: ReadonlySet<string> = new Set([
  "args",
  "response",
  "parametersJsonSchema",
  "responseJsonSchema",
  "_responseJsonSchema",
]);
/** Objects whose keys are the caller's names, and whose values are the API's. */
const NAMED: ReadonlySet<string> = new Set(["properties"]);

/** A request with its fields in camel case: the API takes `max_output_tokens` for `maxOutputTokens`. */
export function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => convert(camel(key), item)));
}

function convert(key: string, value: unknown): [string, unknown] {
  if (OPAQUE.has(key)) return [key, value];
  if (!NAMED.has(key) || typeof value !== "object" || value === null) return [key, toCamelCase(value)];
  return [key, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toCamelCase(item)]))];
}

function camel(key: string): string {
  return key.replace(/(?<=[a-z\d])_([a-z\d])/g, (_match, letter: string) => letter.toUpperCase());
}
