/**
 * A request in the words of Gemini's API reference: the Python client writes some names as Python does, and either client
 * sends empty settings where it was given a configuration for other things, such as headers.
 */
export function normalizeGemini(body: unknown): unknown {
  const { generationConfig, ...rest } = toCamelCase(body) as { generationConfig?: object };
  return generationConfig && Object.keys(generationConfig).length > 0 ? { ...rest, generationConfig } : rest;
}

/** The value with its keys in camel case. */
export function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), toCamelCase(item)]));
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
